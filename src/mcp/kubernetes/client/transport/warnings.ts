import {plainText} from './api-error.ts';

/**
 * Texts of `Warning` headers, such as deprecations: `299 - "apps/v1beta1 is deprecated"`.
 * @see RFC 7234, section 5.5; the API server sends code 299 alone
 */
export function readWarnings(header: string | readonly string[] | undefined): readonly string[] {
	const lines = header === undefined ? [] : typeof header === 'string' ? [header] : header;
	return lines.flatMap(line =>
		[...line.matchAll(/\b299 \S+ "((?:[^"\\]|\\.)*)"/g)].map(([, text = '']) => plainText(text.replace(/\\(.)/g, '$1'))),
	);
}
