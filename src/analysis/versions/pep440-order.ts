import {byDigits, byParts, byPartsThenLength, byText, isDigits, type Order} from './order.ts';

/** @see https://packaging.python.org/en/latest/specifications/version-specifiers/#version-scheme */
const scheme = new RegExp(
	[
		/^v?(?:(?<epoch>\d+)!)?(?<release>\d+(?:\.\d+)*)/,
		/(?:[-_.]?(?<pre>alpha|a|beta|b|preview|pre|c|rc)[-_.]?(?<preNumber>\d*))?/,
		/(?:-(?<postAlone>\d+)|[-_.]?(?<post>post|rev|r)[-_.]?(?<postNumber>\d*))?/,
		/(?:[-_.]?(?<dev>dev)[-_.]?(?<devNumber>\d*))?/,
		/(?:\+(?<local>[a-z0-9]+(?:[-_.][a-z0-9]+)*))?$/,
	]
		.map(({source}) => source)
		.join(''),
);

const phases: {readonly [word: string]: string} = {alpha: 'a', a: 'a', beta: 'b', b: 'b', preview: 'rc', pre: 'rc', c: 'rc', rc: 'rc'};

/** Parts in order of their weight; each is a place among its kind and a number. */
type Key = {
	readonly epoch: string;
	readonly release: readonly string[];
	/** `-` before all pre-releases, `~` after all of them. */
	readonly pre: readonly [string, string];
	readonly post: readonly [string, string];
	readonly dev: readonly [string, string];
	readonly local: readonly string[];
};

function keyOf(text: string): Key | undefined {
	const found = scheme.exec(text)?.groups;
	if (found === undefined) return undefined;
	const {epoch = '', release = '', pre, preNumber = '', postAlone, post, postNumber = '', dev, devNumber = '', local} = found;
	const isPost = postAlone !== undefined || post !== undefined;
	return {
		epoch,
		release: release.split('.'),
		// A development release of no pre-release is older than every pre-release of the same version.
		pre: pre === undefined ? [!isPost && dev !== undefined ? '-' : '~', ''] : [phases[pre] ?? pre, preNumber],
		post: isPost ? ['post', postAlone ?? postNumber] : ['', ''],
		dev: dev === undefined ? ['~', ''] : ['dev', devNumber],
		local: local === undefined ? [] : local.split(/[-_.]/),
	};
}

const byPlace = ([a, first]: readonly [string, string], [b, second]: readonly [string, string]) => byText(a, b) || byDigits(first, second);

/** Here numbers are newer than words. */
const byLocal: Order = (a, b) => {
	const isNumber = isDigits(a);
	if (isNumber !== isDigits(b)) return isNumber ? 1 : -1;
	return isNumber ? byDigits(a, b) : byText(a, b);
};

const byKey = (a: Key, b: Key) =>
	byDigits(a.epoch, b.epoch) ||
	byParts(a.release, b.release, byDigits, '0') ||
	byPlace(a.pre, b.pre) ||
	byPlace(a.post, b.post) ||
	byPlace(a.dev, b.dev) ||
	byPartsThenLength(a.local, b.local, byLocal);

const renamed: {readonly [word: string]: string} = {pre: 'c', preview: 'c', rc: 'c', '-': 'final-', dev: '@'};
const zero = '00000000';

/** How versions outside of the scheme were ordered before it: in the way of the old setuptools, words marked by a star. */
function legacyKey(text: string): readonly string[] {
	const kept: string[] = [];
	const parts = text.split(/(\d+|[a-z]+|\.|-)/).map(part => renamed[part] ?? part);
	for (const part of [...parts, 'final']) {
		if (part === '' || part === '.') continue;
		if (/^\d/.test(part)) {
			kept.push(part.padStart(zero.length, '0'));
			continue;
		}
		const word = `*${part}`;
		// A dash before a pre-release says nothing, nor do zeros before a word.
		if (word < '*final') while (kept.at(-1) === '*final-') kept.pop();
		while (kept.at(-1) === zero) kept.pop();
		kept.push(word);
	}
	return kept;
}

/** PyPI: PEP 440. What is no version by it is older than all that are. */
export const byPep440: Order = (a, b) => {
	const [left, right] = [a.trim().toLowerCase(), b.trim().toLowerCase()];
	const [one, other] = [keyOf(left), keyOf(right)];
	if (one !== undefined && other !== undefined) return byKey(one, other);
	if (one !== undefined || other !== undefined) return one === undefined ? -1 : 1;
	return byPartsThenLength(legacyKey(left), legacyKey(right), byText);
};
