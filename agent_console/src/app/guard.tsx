import { Component, type ReactNode } from 'react';
import { TriangleAlert } from 'lucide-react';
import { texts } from '../texts';
import { Button } from '../ui/button';
import { Empty } from '../ui/empty';
import { TooltipProvider } from '../ui/tooltip';

/** A fault in drawing must not leave an empty page; what was sent is safe in the outbox. */
export class Guard extends Component<{ children: ReactNode }, { hasFailed: boolean }> {
  override state = { hasFailed: false };

  static getDerivedStateFromError() {
    return { hasFailed: true };
  }

  override render() {
    if (!this.state.hasFailed) {
      return <TooltipProvider delayDuration={500}>{this.props.children}</TooltipProvider>;
    }
    return (
      <Empty icon={TriangleAlert} title={texts.failure.unknown} hint={texts.failure.page}>
        <Button look="primary" onClick={() => location.reload()}>
          {texts.failure.reload}
        </Button>
      </Empty>
    );
  }
}
