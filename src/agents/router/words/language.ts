import type {Clause} from '../clause.ts';
import {hasHangul} from './korean.ts';

/** A request with a Korean word in it is Korean: names and options of Kubernetes are English in both languages. */
export const languageOf = (text: string): Clause['language'] => (hasHangul(text) ? 'ko' : 'en');
