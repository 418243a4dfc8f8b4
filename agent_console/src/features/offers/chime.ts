const NOTES = {
  soft: [
    { hertz: 587, at: 0, loud: 0.05 },
    { hertz: 880, at: 0.14, loud: 0.04 },
  ],
  firm: [
    { hertz: 698, at: 0, loud: 0.1 },
    { hertz: 1047, at: 0.12, loud: 0.1 },
    { hertz: 698, at: 0.3, loud: 0.1 },
    { hertz: 1047, at: 0.42, loud: 0.1 },
  ],
} as const;

const FADES_S = 0.5;
let audio: AudioContext | null = null;

/** Made of sine waves, so no sound file has to be fetched. Silent until the agent has pressed or clicked once. */
export function chime(kind: keyof typeof NOTES): void {
  // Browsers stay silent until then, and complain about every attempt.
  if (!navigator.userActivation.hasBeenActive) return;
  audio ??= new AudioContext();
  void audio.resume();
  if (audio.state !== 'running') return;
  for (const note of NOTES[kind]) {
    const start = audio.currentTime + note.at;
    const tone = audio.createOscillator();
    const volume = audio.createGain();
    tone.frequency.value = note.hertz;
    volume.gain.setValueAtTime(0, start);
    volume.gain.linearRampToValueAtTime(note.loud, start + 0.02);
    volume.gain.exponentialRampToValueAtTime(0.0001, start + FADES_S);
    tone.connect(volume).connect(audio.destination);
    tone.start(start);
    tone.stop(start + FADES_S);
  }
}
