import {createHmac} from 'node:crypto';

/** HMAC-SHA-256 in hexadecimal: whoever has the key tells a text that a holder of it wrote from any other. RFC 2104. */
export const sign = (key: Uint8Array, text: string): string => createHmac('sha256', key).update(text).digest('hex');
