import type {Json} from '../../core/json.ts';
import {textAt} from '../../core/kube/json-at.ts';

/** `"a", "b"`. As the server does it, quotes within a word stay as they are. */
export const quoted = (words: readonly string[]) => words.map(word => `"${word}"`).join(', ');

export const counted = (words: {readonly length: number}, one: string, many: string) => (words.length === 1 ? one : many);

export const nameOf = (item: Json) => textAt(item, 'name') ?? '';

/** `container "a"` or `containers "a", "b"` */
export const containers = (items: readonly Json[]) => `${counted(items, 'container', 'containers')} ${quoted(items.map(nameOf))}`;

/** Each word once, in the order of Go's sorted sets. */
export const sorted = (words: readonly string[]) => [...new Set(words)].sort();
