import { useApp } from '../ui/context';
import { Icon } from '../ui/icon';
import { CloseButton, useFocusOnShow } from '../ui/parts';

/** The panel while the chat stands in a window of its own. */
export function ElsewhereView() {
  const { engine, texts } = useApp();
  const first = useFocusOnShow<HTMLButtonElement>();
  return (
    <div class="view">
      <header class="bar">
        <div class="bar-title" />
        <CloseButton />
      </header>
      <div class="empty elsewhere">
        <Icon name="window" size={28} />
        <p>{texts.elsewhere}</p>
        <button type="button" class="button" ref={first} onClick={engine.window.show}>
          {texts.showWindow}
        </button>
        <button type="button" class="button quiet" onClick={engine.window.close}>
          {texts.bringBack}
        </button>
      </div>
    </div>
  );
}
