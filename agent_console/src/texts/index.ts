import { en } from './en';

export type Texts = typeof en;

/** Another language is another file of the same type. */
export const texts: Texts = en;
