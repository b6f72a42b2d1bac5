import {MkcoaError} from '../../../../core/error.ts';
import type {HeaderMatch} from './dialect.ts';

/** A header's name by RFC 9110, a cookie's by RFC 6265: a token. */
const token = /^[A-Za-z0-9!#$%&'*+\-.^_`|~]{1,256}$/;

/**
 * Reads `NAME=VALUE` or `cookie:NAME=VALUE`.
 * @throws `bad-header`
 */
export function readHeader(text: string): HeaderMatch {
	const [, cookie, name = '', value = ''] = /^(cookie:)?([^=]*)=(.*)$/s.exec(text) ?? [];
	// Visible text alone: a line break would end the header.
	if (token.test(name) && /^[\x21-\x7e]([\x20-\x7e]*[\x21-\x7e])?$/.test(value) && value.length <= 1024)
		return {kind: cookie === undefined ? 'header' : 'cookie', name, value};
	throw new MkcoaError({
		kind: 'usage',
		code: 'bad-header',
		what: `${JSON.stringify(text.slice(0, 200))} is no header to go by`,
		why: 'a name and a value of visible ASCII letters were expected',
		next: 'Write --header NAME=VALUE, or --header cookie:NAME=VALUE',
	});
}
