import {oneLine} from './one-line.ts';

const named: {readonly [character: string]: string} = {'&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;'};

/** Text of others as text of a page, between tags or in a quoted attribute. */
export const htmlText = (text: string) => oneLine(text).replace(/[&<>"']/g, character => named[character] ?? '');
