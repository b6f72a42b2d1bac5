import {pairsIn} from '../../words/values.ts';
import {indexOfWord} from './naming.ts';
import {plainAt, segmentEnd, segmentStart, type Wish} from './wish.ts';

/** What a `key=value` of a wish is said to be. */
type Sort = 'env' | 'labels' | 'nodes' | 'data';

const envWord = /^(?:env|envs|environment|envvar|환경변수(?:는|로|를|에)?|환경(?:은|변수)?)$/;
const labelWord = /^(?:label(?:s|led|led:|ed|ing)?|labelled|tag(?:s|ged)|라벨(?:은|을|이|로)?|레이블(?:은|을|이|로)?)$/;
const nodeWord = /^(?:nodes?|nodeselector|node-selector|노드(?:에만|에서만|에|의|는)?|노드셀렉터(?:는)?)$/;

const near = (wish: Wish, at: number, pattern: RegExp, reach: number) =>
	Array.from({length: 2 * reach + 1}, (_, index) => at - reach + index).some(index => pattern.test(plainAt(wish, index)));

/** The nearest word before a pair that says what it is, within its sentence; else one behind it in its own segment. */
function sortOf(wish: Wish, at: number): Sort {
	const start = segmentStart(wish, at, /[.;]/);
	for (let index = at - 1; index >= start; index -= 1) {
		const word = plainAt(wish, index);
		if (envWord.test(word)) return 'env';
		if (nodeWord.test(word) && !/^nodes?$/.test(word)) return 'nodes';
		if (labelWord.test(word)) return near(wish, index, nodeWord, 3) ? 'nodes' : 'labels';
	}
	const end = segmentEnd(wish, at);
	for (let index = at + 1; index < end; index += 1) {
		const word = plainAt(wish, index);
		if (envWord.test(word)) return 'env';
		if (labelWord.test(word)) return near(wish, index, nodeWord, 3) ? 'nodes' : 'labels';
		if (nodeWord.test(word)) return 'nodes';
	}
	if (near(wish, at, nodeWord, 3)) return 'nodes';
	return 'data';
}

/** `owner=dana`, by what the words around say of it. Pairs that nothing is said of are data. */
export function sortedPairs(wish: Wish): {readonly [sort in Sort]: {readonly [key: string]: string}} {
	const found = {env: {}, labels: {}, nodes: {}, data: {}} satisfies {[sort in Sort]: object};
	for (const {key, value, at} of pairsIn(wish)) Object.assign(found[sortOf(wish, at)], {[key]: unquoted(value)});
	return found;
}

const unquoted = (value: string) => value.replace(/^(["'`])(.*)\1$/s, '$2');

const spokenPair =
	/(?<![\w.-])(?!(?:keys?|values?|pairs?|entries|data|contents?)\b)([A-Za-z][\w.-]*)(?:의? ?값(?:은|이|을)|는|은|:| is| are| =| set to| to| as| equals| equal to| with value| with the value| of)\s+(?:`([^`]*)`|"([^"]*)"|'([^']*)'|([^\s,;]+?))(?=이고|으로|입니다|이에요|예요|이며|로 |,|;|\.(?:\s|$)|\s|$)/g;

const keyedPair = /\bkeys?:? ["'`]?([\w.-]+)["'`]?,?(?: and| with)?(?: the| its)? values?:? (?:`([^`]*)`|"([^"]*)"|'([^']*)'|([^\s,;]+))/gi;

/** `RETRIES is 5`, `commit은 9f2c1e7`: keys with their values in words, from a place of the text on. */
export function spokenPairs(wish: Wish, from: number): {readonly [key: string]: string} {
	const text = wish.text.slice(indexOfWord(wish, from));
	const pairs = [...text.matchAll(spokenPair)].map(
		([, key = '', ...values]) => [key, values.find(value => value !== undefined) ?? ''] as const,
	);
	const keyed = [...text.matchAll(keyedPair)].map(
		([, key = '', ...values]) => [key, values.find(value => value !== undefined) ?? ''] as const,
	);
	return Object.fromEntries([...pairs, ...keyed].filter(([key]) => !notAKey.test(key)));
}

const notAKey =
	/^(?:it|that|this|name|namespace|which|there|key|keys|value|values|policy|configmap|config|map|called|and|with|data|class|image|immutable|literals?|entries|contents?|set|following)$/i;
