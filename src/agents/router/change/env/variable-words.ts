import {objectAt} from '../../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import type {Clause, Word} from '../../clause.ts';
import {plainWords} from '../../names/plain-words.ts';
import {removes as isSaidToGo} from '../../words/removal.ts';
import {isWord, spoken} from '../../words/spoken.ts';
import {pairsIn} from '../../words/values.ts';
import {downwardIn} from './downward.ts';
import type {Variable} from './set-env.ts';
import {soleAmount, spokenKeys} from './spoken-keys.ts';

const variableForm = /^[A-Za-z_][A-Za-z0-9_.-]*$/;
const loud = /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*$/;

const removing = 'remove drop delete unset clear take_off take_out get_rid_of 제거 삭제 지우 빼 없애';

/** `drop RETENTION_HOURS to 48` lowers. */
const lowersTo = /\b(?:drop|take)\b[^.;]*\bto ["'`]?-?\d/i;

/** Whether a clause speaks of environment variables by that word. */
export const speaksOfVariables = (clause: Pick<Clause, 'words'>) => spoken(clause, 'env envs environment 환경변수 환경 변수');

const stop = /^(?:vars?|variables?|of|on|from|in|for|to|the|and|named|called|with|is|should)$/i;

/** The variables that a clause names: those that the container has, and those in the capitals that variables are written in. */
function namesIn({words}: Pick<Clause, 'words'>, known: readonly string[]): readonly {readonly name: string; readonly at: number}[] {
	return words.flatMap(({raw, quoted}, at) => {
		const isNew = loud.test(raw) && (raw.includes('_') || (quoted ? raw.length > 1 : raw.length > 3));
		const isCalled =
			(/^(?:variable|var|env|환경변수|변수)s?$/.test(words[at - 1]?.text ?? '') &&
				!/[.,;]/.test(words[at - 1]?.stop ?? '') &&
				/^[A-Za-z_]\w*$/.test(raw) &&
				!/^(?:true|false|on|off|yes|no)$/i.test(raw) &&
				!stop.test(raw)) ||
			(/^(?:variable|var|env|환경변수|변수|환경)$/.test(words[at + 1]?.text ?? '') && /^[A-Z][A-Z0-9_]+$/.test(raw)) ||
			raw === 'TZ';
		if (isKept(words, at)) return [];
		return isCalled || known.includes(raw) || (isNew && variableForm.test(raw)) ? [{name: raw, at}] : [];
	});
}

/** `PROVIDER is fine`, `PROVIDER는 그대로`: named to be left as it is. */
export const isKept = (words: Clause['words'], at: number) => {
	const [next = '', second = '', third = ''] = [1, 2, 3].map(step => words[at + step]?.text);
	const isEnd = words[at + 2]?.stop !== undefined || words[at + 3] === undefined;
	// `…, keep SYNONYMS`; `keep RETENTION at 48` sets it.
	if (/^(?:keep|keeping|leave|leaving|retain)$/.test(words[at - 1]?.text ?? '') && (words[at]?.stop !== undefined || next === ''))
		return true;
	return (
		/^(?:stays|remains|그대로)$/.test(next) ||
		(/^(?:must|should|shall|may|has|does)$/.test(next) && /^(?:not|survive|stay|remain|live)$/.test(second) && isEnd) ||
		(/^(?:must|should|shall|has)$/.test(next) && /^(?:survive|stay|remain)$/.test(second)) ||
		(next === 'as' && /^(?:it|they)$/.test(second) && /^(?:is|be|are)$/.test(third)) ||
		/^(?:남기|남겨|놔두|냅두)/.test(next) ||
		(/^(?:is|are|may|can)$/.test(next) && /^(?:fine|ok|okay|right|good|correct|stay|remain)$/.test(second))
	);
};

/** `to debug`, `= debug`, `debug로`, `use debug as its MODE`: where the new value of the variable at a place stands. */
function valueAt({words, text}: Pick<Clause, 'words' | 'text'>, at: number, name: string | undefined): number | undefined {
	const rest = words.slice(at + 1);
	const behind = (index: number) => (index < words.length ? index : undefined);
	const value = rest.findIndex((word, index) => isWord(word, 'value') && !isWord(rest[index + 1], 'to') && !isWord(rest[index + 1], 'of'));
	if (value !== -1) return behind(at + value + 2);
	const as = [at - 1, at - 2].find(index => isWord(words[index], 'as') || isWord(words[index], 'for'));
	// `use kakao instead of google as its FALLBACK`
	const instead = words.slice(0, as ?? 0).findLastIndex((word, index) => isWord(word, 'instead') && isWord(words[index + 1], 'of'));
	const taken = as === undefined ? undefined : (instead > 0 ? instead : as) - 1;
	if (taken !== undefined && spoken({words: words.slice(0, as)}, 'use take run have set with') && isValue(words[taken])) return taken;
	// `/models 값으로`
	const korea = rest.findIndex(({text: word}) => word === '값');
	if (korea > 0 && isValue(rest[korea - 1]) && !/^(?:변수|환경변수)$/.test(rest[korea - 1]?.text ?? '')) return at + korea;
	// `a GOMAXPROCS of 2`, and not `the MODE of web`
	if (/^(?:of|with)$/.test(rest[0]?.text ?? '') && rest[1]?.text !== name && !isPlace.test(rest[1]?.text ?? 'the')) return behind(at + 2);
	const to = rest.findIndex(
		(word, index) =>
			(isWord(word, 'to') &&
				rest[index + 1]?.text !== name &&
				!/^(?:has|have|had|needs?|ought|used|is|are|going|supposed)$/.test((rest[index - 1] ?? words[at])?.text ?? '') &&
				!isPlace.test(rest[index + 1]?.text ?? '') &&
				!/^(?:be|become|read|say|have|point|use)$/.test(rest[index + 1]?.text ?? '')) ||
			isWord(word, 'as') ||
			word.text === '=' ||
			word.text === '->' ||
			becoming.test(word.text),
	);
	if (to !== -1) return behind(at + to + 2);
	if (words[at]?.stop === ':') return behind(at + 1);
	const colon = rest.findIndex(word => word.stop === ':');
	if (colon !== -1 && !/^(?:and|with)$/.test(rest[0]?.text ?? '')) return behind(at + colon + 2);
	const korean = rest.findIndex(
		({raw, quoted}) => new RegExp(`${RegExp.escape(raw)}["'\`”’]?(?:으로|로)(?![가-힣])`).test(text) && (quoted || !/^[가-힣]+$/.test(raw)),
	);
	if (korean !== -1) return at + 1 + korean;
	const be = rest.findLastIndex(
		(word, index) =>
			isWord(word, 'be') &&
			!/^(?:not|now|still|fine|ok|okay|right|good|correct|unchanged|untouched|enough|kept|set|to|the|a|in|on|too|wrong|missing|needed|gone|no)$/.test(
				rest[index + 1]?.text ?? 'no',
			),
	);
	if (be !== -1) return behind(at + be + 2);
	const before = words.slice(0, at);
	const earlier = before.findLastIndex(
		(word, index) =>
			isValue(word) && (isWord(before[index - 1], 'to') || new RegExp(`${RegExp.escape(word.raw)}(?:으로|로)(?![가-힣])`).test(text)),
	);
	return earlier === -1 ? undefined : earlier;
}

const isValue = (word: Word | undefined) =>
	word !== undefined && !/^(?:it|this|that|the|use|take|run|have|set|with|value|of|instead|than)$/.test(word.text);

/** `has to become 168`: the value stands behind it. */
const becoming = /^(?:becomes?|equals?|reads?|says?)$/;

/** `to the configmap` is where, not what. */
const isPlace = /^(?:the|configmap|config|secret|deployment|statefulset|daemonset|container|workload)$/;

type Source = {readonly object: KubeObject; readonly at: number};

/** The ConfigMap or Secret that a value is to come from. */
function sourceIn({words}: Pick<Clause, 'words'>, sources: readonly KubeObject[]): Source | undefined {
	const isSecret = spoken({words}, 'secret 시크릿 비밀');
	const isConfigMap = spoken({words}, 'configmap config_map cm 컨피그맵 컨피그');
	if (!isSecret && !isConfigMap && !spoken({words}, 'from key 키')) return undefined;
	const found = sources.flatMap(object => {
		const at = words.findIndex(({text}) => text === object.metadata.name);
		return at !== -1 && (object.kind === 'Secret' ? !isConfigMap : !isSecret) ? [{object, at}] : [];
	});
	return found[0];
}

const isKeyWord = (word: Word | undefined) => isWord(word, 'key') || isWord(word, '키');

/** The key of the source: one that it has and the clause names, else the word beside "key", else the variable's own name. */
function keyIn(words: readonly Word[], {object, at}: Source, variable: {readonly name: string; readonly at: number}): string {
	const keys = [...Object.keys(objectAt(object, 'data')), ...Object.keys(objectAt(object, 'binaryData'))];
	const others = words.map(({raw}, index) => ({raw, index})).filter(({index}) => index !== variable.at && index !== at);
	const has = others.find(({raw}) => keys.includes(raw));
	const isSame = words.some(({text}, index) => /^same(?:-named)?$|^같은$|^동일/.test(text) && others.some(other => other.index === index));
	if (has === undefined && isSame) return variable.name;
	const beside = others.find(({index}) => isKeyWord(words[index - 1]) && !isWord(words[index], 'of') && !isWord(words[index], 'in'));
	const before = others.find(({index, raw}) => isKeyWord(words[index + 1]) && /^[\w.-]+$/.test(raw));
	return (has ?? beside ?? before)?.raw ?? variable.name;
}

/**
 * What a clause wants of environment variables.
 * @param known names that the container has
 * @param sources ConfigMaps and Secrets of its namespace
 * @param object name of what has them, which is no value
 */
export function variablesIn(
	clause: Clause,
	known: readonly string[],
	sources: readonly KubeObject[],
	object?: string,
): readonly Variable[] {
	const written = namesIn(clause, known);
	const pairs = pairsIn(clause).filter(({key}) => variableForm.test(key));
	if (pairs.length > 0)
		return [
			...pairs.map(({key, value}) => ({name: key, value})),
			...removedBeside(clause, written),
			...takenBeside(clause, written, sources),
			...setBeside(clause, written, pairs),
		];
	const names = (written.length > 0 ? written : spokenKeys(clause, known)).filter(({at}) => !stays(clause, at));
	const source = sourceIn(clause, sources);
	const isFrom = (name: {readonly name: string; readonly at: number}) => source !== undefined && name.at !== source.at;
	if (source !== undefined) {
		const [variable] = names.filter(isFrom);
		if (variable === undefined) return [];
		const from = source.object.kind === 'Secret' ? 'secretKeyRef' : 'configMapKeyRef';
		return [{name: variable.name, from, object: source.object.metadata.name, key: keyIn(clause.words, source, variable)}];
	}
	if (spoken(clause, removing) && !lowersTo.test(clause.text)) return names.map(({name}) => ({name, remove: true}));
	return names.flatMap((one, index): readonly Variable[] => {
		const {name, at} = one;
		const downward = downwardIn({text: names.length === 1 ? clause.text : segment(clause, at, names[index + 1]?.at)});
		if (downward !== undefined) return [{name, valueFrom: downward}];
		if (/^(?:out|gone|away)$/.test(clause.words[at + 1]?.text ?? '')) return [{name, remove: true}];
		const place =
			valueAt(upTo(clause, names[index + 1]?.at), at, object) ??
			directlyBehind(clause, at) ??
			valueAt(clause, at, object) ??
			(names.length === 1 ? (soleAmount(clause) ?? soleAddress(clause)) : undefined);
		const value = place === undefined ? undefined : clause.words[place]?.raw;
		if (value !== undefined) return [{name, value, at: place}];
		return known.includes(name) && isSaidToGo(clause) ? [{name, remove: true}] : [];
	});
}

/** `A=1 넣고 B는 빼줘`, `A=1 and drop B`: what goes beside what is set. */
const removedBeside = ({words}: Clause, names: readonly {readonly name: string; readonly at: number}[]): readonly Variable[] =>
	names.flatMap(({name, at}): readonly Variable[] => {
		const isGone =
			spoken({words: words.slice(at + 1, at + 3)}, '제거 삭제 지우 빼 없애') ||
			spoken({words: words.slice(Math.max(0, at - 2), at)}, 'remove drop delete unset clear without');
		return isGone ? [{name, remove: true}] : [];
	});

/** `A=1, and B from key b of configmap c`: what is taken from elsewhere beside what is set. */
function takenBeside(
	clause: Clause,
	names: readonly {readonly name: string; readonly at: number}[],
	sources: readonly KubeObject[],
): readonly Variable[] {
	const source = sourceIn(clause, sources);
	if (source === undefined) return [];
	const from = source.object.kind === 'Secret' ? 'secretKeyRef' : 'configMapKeyRef';
	const near = names.filter(
		({at}) =>
			/^(?:from|taken|comes?|out|에서|시크릿|컨피그맵)$/.test(clause.words[at + 1]?.text ?? '') ||
			clause.words[at + 1]?.text === source.object.metadata.name,
	);
	return near.length === 1
		? near.map(one => ({name: one.name, from, object: source.object.metadata.name, key: keyIn(clause.words, source, one)}))
		: [];
}

/** `A=1, and B to 2`, `A는 0으로, B=1`: what is given its value in words beside what is written as a pair. */
const setBeside = (
	{words, text}: Clause,
	names: readonly {readonly name: string; readonly at: number}[],
	pairs: readonly {readonly at: number; readonly key: string}[],
): readonly Variable[] =>
	names.flatMap(({name, at}): readonly Variable[] => {
		if (pairs.some(({key}) => key === name)) return [];
		const next = Math.min(words.length, ...[...names, ...pairs].map(one => one.at).filter(one => one > at));
		const own = {text, words: words.slice(at, next)};
		const place = valueAt(own, 0, undefined) ?? directlyBehind({...own, language: 'en'}, 0);
		const value = place === undefined ? undefined : own.words[place]?.raw;
		return value === undefined || place === undefined ? [] : [{name, value, at: at + place}];
	});

/** `FALLBACK can stay`, `FALLBACK은 그대로`. */
const stays = ({words}: Clause, at: number) =>
	[1, 2].some(
		ahead =>
			/^(?:stays?|remains?|unchanged|untouched|그대로|유지|유지하)$/.test(words[at + ahead]?.text ?? '') && words[at]?.stop === undefined,
	);

/** The clause up to the next variable: what stands behind that is its own. */
const upTo = (clause: Clause, next: number | undefined): Clause => ({...clause, words: clause.words.slice(0, next)});

const segment = ({words}: Clause, from: number, to: number | undefined) =>
	words
		.slice(from, to)
		.map(({raw}) => raw)
		.join(' ');

/** `NEW_RANKING off`, `LOG_LEVEL debug on web`: a value that ends its part, or that is followed by where. */
function directlyBehind({words}: Clause, at: number): number | undefined {
	const [word, next] = [words[at + 1], words[at + 2]];
	if (word === undefined || words[at]?.stop !== undefined) return undefined;
	if (/^(?:on|off|true|false)$/.test(word.text))
		return next === undefined || word.stop !== undefined || isPreposition(next) ? at + 1 : undefined;
	const isEnd = next === undefined || word.stop !== undefined || isPreposition(next);
	return isEnd && /^[A-Za-z0-9][\w./:-]*$/.test(word.raw) && !plainWords.has(word.text) && !stop.test(word.raw) ? at + 1 : undefined;
}

const isPreposition = ({text}: Word) => /^(?:on|for|in|of|and|at)$/.test(text);

/** The only word that is an address: `should start from kafka:9094 (BOOTSTRAP_SERVERS)`. */
function soleAddress({words}: Clause): number | undefined {
	const found = words.flatMap(({raw}, at) => (/^(?:[a-z]+:\/\/\S+|[a-z0-9][\w.-]*:\d{2,5})$/i.test(raw) ? [at] : []));
	return found.length === 1 ? found[0] : undefined;
}
