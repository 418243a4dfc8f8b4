import { describe, expect, it, vi } from 'vitest';
import { createRequests } from './requests';

describe('what an action asks of a part of the screen', () => {
  it('reaches who listens for it, and nobody else', () => {
    const requests = createRequests();
    const [reply, search] = [vi.fn(), vi.fn()];
    requests.listen('focus_reply', reply);
    requests.listen('focus_search', search);

    requests.ask('focus_reply');

    expect(reply).toHaveBeenCalledOnce();
    expect(search).not.toHaveBeenCalled();
  });

  it('waits a moment for a part that is still being drawn, and is heard once', () => {
    const requests = createRequests();
    const [first, second] = [vi.fn(), vi.fn()];

    requests.ask('focus_reply');
    requests.listen('focus_reply', first);
    requests.listen('focus_reply', second);

    expect(first).toHaveBeenCalledOnce();
    expect(second).not.toHaveBeenCalled();
  });

  it('is forgotten when nobody came for it in time', () => {
    let now = 0;
    const requests = createRequests(() => now);
    const late = vi.fn();

    requests.ask('focus_reply');
    now = 5_000;
    requests.listen('focus_reply', late);

    expect(late).not.toHaveBeenCalled();
  });
});
