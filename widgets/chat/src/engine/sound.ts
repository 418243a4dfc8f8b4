let context: AudioContext | null = null;

/** Two soft tones, made on the spot: no file to load. Browsers stay silent until somebody has clicked. */
export function chime(): void {
  try {
    context ??= new AudioContext();
    if (context.state === 'suspended') void context.resume();
    const start = context.currentTime;
    [
      { hertz: 740, at: 0 },
      { hertz: 988, at: 0.09 },
    ].forEach(({ hertz, at }) => tone(context, hertz, start + at));
  } catch {
    // No audio here.
  }
}

function tone(audio: AudioContext | null, hertz: number, at: number): void {
  if (!audio) return;
  const source = audio.createOscillator();
  const volume = audio.createGain();
  source.type = 'sine';
  source.frequency.value = hertz;
  volume.gain.setValueAtTime(0.0001, at);
  volume.gain.exponentialRampToValueAtTime(0.06, at + 0.015);
  volume.gain.exponentialRampToValueAtTime(0.0001, at + 0.28);
  source.connect(volume).connect(audio.destination);
  source.start(at);
  source.stop(at + 0.3);
}

/** Of several tabs only one makes the sound. */
export function chimeOnce(name: string): void {
  if (!navigator.locks) return chime();
  void navigator.locks.request(`engage:chime:${name}`, { ifAvailable: true }, async (lock) => {
    if (!lock) return;
    chime();
    await new Promise((resolve) => setTimeout(resolve, 3_000));
  });
}
