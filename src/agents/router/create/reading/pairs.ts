import {pairsIn} from '../../words/values.ts';
import {plainAt, segmentEnd, segmentStart, type Wish} from './wish.ts';

/** What a `key=value` of a wish is said to be. */
type Sort = 'env' | 'labels' | 'annotations' | 'nodes' | 'data';

const envWord = /^(?:env|envs|environment|envvar|환경변수(?:는|로|를|에|도|만|랑|이고|와|하고)?|환경(?:은|변수)?)$/;
const labelWord = /^(?:label(?:s|led|led:|ed|ing)?|labelled|tag(?:s|ged)|(?:라벨|레이블)(?:은|을|이|로|도|만|이랑|이고|과|하고)?)$/;
const annotationWord =
	/^(?:annotat(?:ion|ions|e|ed|ed:|ing)|(?:어노테이션|애너테이션)(?:은|을|이|으로|도|만|이랑|이고|과|하고)?|주석(?:은|을|으로)?)$/;
/** What stands behind these is what the thing holds, whatever stood before. */
const dataWord =
	/^(?:data|contents?|content|keys?|entries|entry|holding|holds|containing|contains|values?|literals?|내용(?:은|으로|물은)?|데이터(?:는)?|키(?:는|로)?|값(?:은|으로)?)$/;
const nodeWord = /^(?:nodes?|nodeselector|node-selector|노드(?:에만|에서만|에|의|는)?|노드셀렉터(?:는)?)$/;

const near = (wish: Wish, at: number, pattern: RegExp, reach: number) =>
	Array.from({length: 2 * reach + 1}, (_, index) => at - reach + index).some(index => pattern.test(plainAt(wish, index)));

/** `team=risk on the pods`, `파드에 team=risk`. */
const isOnPods = (wish: Wish, at: number) =>
	(/^(?:on|to)$/.test(plainAt(wish, at + 1)) && [at + 2, at + 3].some(index => /^pods?$/.test(plainAt(wish, index)))) ||
	/^파드(?:에|에는|에도)$/.test(plainAt(wish, at - 1));

/** `A=1 in its env, b=2 …`: said of the pair before. */
const isOfEarlier = (wish: Wish, at: number) =>
	wish.words[at]?.stop !== undefined &&
	/^(?:in|as|into|its|the|their|an?)$/.test(plainAt(wish, at - 1)) &&
	[at - 2, at - 3].some(index => wish.words[index]?.raw.includes('=') === true);

const sortSaid = (word: string): Sort | undefined =>
	envWord.test(word) ? 'env' : annotationWord.test(word) ? 'annotations' : labelWord.test(word) ? 'labels' : undefined;

/** `라벨 a=1`; what ends another one of the list (`…어노테이션이랑 a=1 라벨`) is of that. */
const isHeaded = (wish: Wish, at: number) => {
	const before = plainAt(wish, at - 1);
	return sortSaid(before) !== undefined && wish.words[at - 1]?.stop === undefined && !/(?:랑|과|와|하고|이고|도)$/.test(before);
};

/** `with A=1 in its environment`, `b=2 as an annotation`, `c=3 라벨이랑`: said right behind, whatever stood before. */
function saidBehind(wish: Wish, at: number): Sort | undefined {
	if (wish.words[at]?.stop !== undefined) return undefined;
	if (wish.language === 'ko' && !isHeaded(wish, at)) return sortSaid(plainAt(wish, at + 1));
	if (!/^(?:in|as|into)$/.test(plainAt(wish, at + 1))) return undefined;
	return sortSaid(plainAt(wish, /^(?:its|the|their|an?)$/.test(plainAt(wish, at + 2)) ? at + 3 : at + 2));
}

/** The nearest word before a pair that says what it is, within its sentence; else one behind it in its own segment. */
function sortOf(wish: Wish, at: number): Sort {
	if (isOnPods(wish, at)) return 'labels';
	const said = saidBehind(wish, at);
	if (said !== undefined) return said;
	const start = segmentStart(wish, at, /[.;]/);
	for (let index = at - 1; index >= start; index -= 1) {
		if (isOfEarlier(wish, index)) continue;
		const word = plainAt(wish, index);
		if (envWord.test(word)) return 'env';
		if (annotationWord.test(word)) return 'annotations';
		if (dataWord.test(word)) return 'data';
		if (nodeWord.test(word) && !/^nodes?$/.test(word)) return 'nodes';
		if (labelWord.test(word)) return near(wish, index, nodeWord, 3) ? 'nodes' : 'labels';
	}
	const end = segmentEnd(wish, at);
	for (let index = at + 1; index < end; index += 1) {
		const word = plainAt(wish, index);
		if (envWord.test(word)) return 'env';
		if (annotationWord.test(word)) return 'annotations';
		if (labelWord.test(word)) return near(wish, index, nodeWord, 3) ? 'nodes' : 'labels';
		if (nodeWord.test(word)) return 'nodes';
	}
	if (near(wish, at, nodeWord, 3)) return 'nodes';
	return 'data';
}

/** `owner=dana`, by what the words around say of it. Pairs that nothing is said of are data. */
export function sortedPairs(wish: Wish): {readonly [sort in Sort]: {readonly [key: string]: string}} {
	const found = {env: {}, labels: {}, annotations: {}, nodes: {}, data: {}} satisfies {[sort in Sort]: object};
	for (const {key, value, at} of pairsIn(wish)) Object.assign(found[sortOf(wish, at)], {[key]: unquoted(value)});
	return found;
}

/** `tier=b on its pods, team=a on the deployment`: of which of both each label is told. */
const ofPods = /\bpods?\b(?! ?(?:security|disruption))|\bpod template\b|파드/i;
const ofObject = /\b(?:deployment|statefulset|daemonset|workload|object|set)(?: itself)?\b|디플로이먼트|스테이트풀셋|데몬셋/i;

/** The labels that are told of one alone; both where the wish tells no difference. */
export function labelsApart(wish: Wish): {readonly pods: readonly string[]; readonly object: readonly string[]} {
	const isLabel = (key: string, sort: Sort) => sort === 'labels' || (sort === 'data' && !/^[A-Z]/.test(key));
	const pairs = pairsIn(wish).filter(({key, at}) => isLabel(key, sortOf(wish, at)));
	const ownerOf = (at: number) => {
		const text = remarkOf(wish, at);
		return ofPods.test(text) === ofObject.test(text) ? undefined : ofPods.test(text) ? 'pods' : 'object';
	};
	const owners = pairs.map(({key, at}) => ({key, owner: ownerOf(at)}));
	const keys = (which: string) => owners.flatMap(({key, owner}) => (owner === which ? [key] : []));
	const [pods, object] = [keys('pods'), keys('object')];
	return pods.length > 0 && object.length > 0 ? {pods, object} : {pods: [], object: []};
}

/** The words around a pair, up to punctuation, a joint, or another pair. */
function remarkOf({words}: Wish, at: number): string {
	const isEnd = (index: number) =>
		words[index] === undefined || words[index].raw.includes('=') || /^(?:and|while|but|그리고)$/.test(words[index].raw);
	let [from, to] = [at, at];
	while (from > 0 && words[from - 1]?.stop === undefined && !isEnd(from - 1)) from -= 1;
	while (words[to]?.stop === undefined && !isEnd(to + 1)) to += 1;
	return words
		.slice(from, to + 1)
		.map(({raw}) => raw)
		.join(' ');
}

const unquoted = (value: string) => value.replace(/^(["'`])(.*)\1$/s, '$2');
