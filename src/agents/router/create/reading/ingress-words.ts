import {hostOf, isAddress, isImage, isPath} from '../../words/values.ts';
import {mentionsIn} from './mentions.ts';
import {nameBeside} from './naming.ts';
import {plainAt, type Wish} from './wish.ts';

type Host = {readonly host: string; readonly path: string; readonly at: number};

/** Where a rule of an Ingress begins: at a path, or at a host without one. */
export type Anchor = {readonly host: string | undefined; readonly path: string; readonly at: number};

/** `nginx.ingress.kubernetes.io/ssl-redirect: "true"` is no host. */
const isKey = (wish: Wish, at: number) => {
	const word = wish.words[at];
	return (
		word !== undefined &&
		(/kubernetes\.io\//.test(word.raw) ||
			(word.raw.includes('/') &&
				(word.stop === ':' || word.raw.includes('=') || /^annotat|^어노테이션|^애너테이션/.test(plainAt(wish, at - 1)))))
	);
};

export const hostsIn = (wish: Wish): readonly Host[] =>
	wish.words.flatMap((word, at) => {
		if (
			isAddress(word) ||
			isKey(wish, at) ||
			(isImage(word) && word.raw.includes(':')) ||
			/\.(?:crt|key|pem|ya?ml|conf|txt|json)$/.test(word.raw)
		)
			return [];
		const found = hostOf(word);
		return found === undefined ? [] : [{...found, at}];
	});

/** The rules of an Ingress, in order: each path under the host before it, or the only one; a host without paths as a whole. */
export function anchorsIn(wish: Wish): readonly Anchor[] {
	const hosts = hostsIn(wish);
	const paths = wish.words.flatMap((word, at) => (isPath(word) && !isOfProbe(wish, at) ? [{path: word.raw, at}] : []));
	const [only, ...others] = hosts;
	const hostFor = (at: number) =>
		hosts.findLast(host => host.at < at)?.host ?? (others.length === 0 ? only?.host : hosts.find(host => host.at > at)?.host);
	const own = paths.map(({path, at}) => ({host: hostFor(at), path, at}));
	const whole = hosts.flatMap(({host, path, at}) =>
		path !== '' ? [{host, path, at}] : own.some(each => each.host === host) ? [] : [{host, path: '/', at}],
	);
	const all = [...own, ...whole].toSorted((left, right) => left.at - right.at);
	return all.filter(({host, path}, index) => all.findIndex(each => each.host === host && each.path === path) === index);
}

const isOfProbe = (wish: Wish, at: number) =>
	/^(?:probe|health|healthcheck)$/.test(plainAt(wish, at - 1)) || /^rewrite/.test(plainAt(wish, at - 1));

const elsewhere =
	/(?<!\b(?:leave|leaving|keep|keeping|touch|touching) )\b(?:everything|anything|all) else\b(?! (?:stays?|remains?|alone|as|is left))|\b(?:all|any) (?:the )?(?:rest|other (?:paths?|requests?|urls?))\b|\bthe rest\b(?! (?:stays?|remains?|as|of)\b)|나머지(?: ?(?:경로|요청|전부|모두))?(?=[는은를을]|\s)|그 ?외(?: ?(?:경로|요청))?(?=[는은에]|\s)/gi;
const rootPath = /\b(?:the )?root(?: path)?\b(?= (?:to|goes|is|belongs|leads|on)\b)|루트(?: ?경로)?(?=[는은를을]|\s)/gi;

/** Paths that are told in words, as they are written: `the root goes to web`; `everything else` beside others is `/` too. */
export function withWrittenPaths(text: string): string {
	const rooted = text.replaceAll(rootPath, 'path /');
	return /(?:^|\s)["'`]?\/[\w-]|\.[a-z]{2,}\/\w/i.test(rooted) ? rooted.replaceAll(elsewhere, 'path /') : rooted;
}

const types: readonly (readonly [string, RegExp])[] = [
	['Exact', /^(?:exact|exactly|정확히|이그젝트|완전일치)/],
	['ImplementationSpecific', /^implementation-?specific/],
	['Prefix', /^(?:prefix|프리픽스|접두)/],
];

/** `exact match for /api` says nothing of the other paths. */
const pathMeant = (wish: Wish, type: number) =>
	[2, 3]
		.map(step => wish.words[type + step])
		.find((word, index) => word !== undefined && isPath(word) && /^(?:for|on|at)$/.test(plainAt(wish, type + index + 1)))?.raw;

/** How a path is compared: as its own part of the wish says, else as the wish says once. */
export function pathTypeIn(wish: Wish, {at, path}: Anchor, anchors: readonly Anchor[]): string {
	const spoken = wish.words.flatMap((_, index) => {
		const type = types.find(([, words]) => words.test(plainAt(wish, index)))?.[0];
		return type === undefined ? [] : [{type, index}];
	});
	const [only] = spoken;
	if (only === undefined) return 'Prefix';
	const own = pathMeant(wish, only.index);
	if (spoken.length < 2) return own === undefined || own === path ? only.type : 'Prefix';
	const next = anchors.find(each => each.at > at)?.at ?? wish.words.length;
	return (spoken.find(({index}) => index > at && index < next) ?? spoken.findLast(({index}) => index < at) ?? spoken[0])?.type ?? 'Prefix';
}

const noSecret =
	/^(?:the|a|an|for|from|with|using|by|on|off|is|it|and|secret|cert|certificate|too|please|termination|terminated|there|enabled|both|all|name|named|class|host|hosts|under|in|to|comes|taken|coming|read|provided|kept|stored|out|arrives|follows|later|yet|will|can|must|should|needed|required)$/i;

const certified =
	/(?:(?<![\w-])(?:tls|https)\b(?! redirect)|\bcert(?:ificate)?s?\b|인증서|시크릿)(?:(?:는|은|를|을|로|이)|,|:| ?=| ?\(|\s+(?:cert(?:ificate)?|secret|is|from|with|using|by|via|on|the|in|out of|taken|read|coming|comes|provided|kept|stored|lives|시크릿|인증서))* ?["'`]?([a-z0-9][a-z0-9.-]*[a-z0-9])/gi;

/** `the shop-tls certificate`, `shop-tls로 TLS 종료` */
const beforeCertificate =
	/(?<![\w.-])([a-z0-9]+(?:-[a-z0-9]+)+)["'`]? (?:tls )?cert(?:ificate)?s?\b|(?<![\w.-])([a-z0-9]+(?:-[a-z0-9]+)+)["'`]?(?:으로|로|를 써서|을 써서)? (?:tls|https|인증서)/gi;

/** The Secret of the certificate: `TLS with secret x`, `certificate x`, `TLS는 x 시크릿`. */
export function tlsSecretIn(wish: Wish): string | undefined {
	const secret = mentionsIn(wish).find(({kind}) => kind === 'Secret');
	const at = secret === undefined ? undefined : nameBeside(wish, secret, index => noSecret.test(wish.words[index]?.raw ?? ''));
	if (at !== undefined) return wish.words[at]?.raw;
	return [certified, beforeCertificate]
		.flatMap(pattern => [...wish.text.matchAll(pattern)])
		.flatMap(([, ...names]) => names.find(Boolean) ?? [])
		.find(name => !noSecret.test(name) && hostOf({raw: name}) === undefined);
}

const secured =
	/\b(?:over|with|via|using|on) (?:https|tls|ssl)\b|(?<![\w-])(?:https|tls|ssl)(?:로|를|으로|도)(?![가-힣])|\bcertificate\b|인증서/i;
const unsecured = /\b(?:no|not|without|skip|later|plain|only http)\b|나중|없이|빼고|말고|아직/i;

/** Whether it is to have a certificate, and no word says of which Secret. */
export const lacksCertificate = ({text}: Wish, secret: string | undefined): boolean =>
	secret === undefined && text.split(/[,;]\s|[.]\s|\n/).some(part => secured.test(part) && !unsecured.test(part));
