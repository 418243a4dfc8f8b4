import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createLeaving } from './leaving';

type Unload = (event: { preventDefault: () => void }) => void;
let unload: Unload = () => {};
vi.stubGlobal('window', { addEventListener: (_type: string, hear: Unload) => (unload = hear) });

describe('what is typed and not saved', () => {
  let leaving = createLeaving();
  const go = vi.fn();
  beforeEach(() => {
    leaving = createLeaving();
    go.mockClear();
  });

  it('is left at once when there is none of it', () => {
    leaving.leave(go);
    expect(go).toHaveBeenCalledOnce();
    expect(leaving.asked.get()).toBeNull();
  });

  it('is left only after the person has said so', () => {
    leaving.hold();
    leaving.leave(go);
    leaving.answer(false);
    expect(go).not.toHaveBeenCalled();
    leaving.leave(go);
    leaving.answer(true);
    expect(go).toHaveBeenCalledOnce();
  });

  it('makes the browser ask until the last form is saved', () => {
    const asks = { preventDefault: vi.fn() };
    const [first, second] = [leaving.hold(), leaving.hold()];
    first();
    unload(asks);
    expect(asks.preventDefault).toHaveBeenCalledOnce();
    second();
    unload(asks);
    expect(asks.preventDefault).toHaveBeenCalledOnce();
  });
});
