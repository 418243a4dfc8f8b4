// Tests read the English words, as the page would have loaded them.
import { speak, voiceFor } from './index';

await speak(voiceFor('en', ['en-GB']));
