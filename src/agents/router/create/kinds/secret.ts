import type {JsonObject} from '../../../../core/json.ts';
import {pairsIn} from '../../words/values.ts';
import {lacking, type Made} from '../made.ts';
import {indexOfWord, isNameWord, statedNames} from '../reading/naming.ts';
import {plainAt, says, type Wish} from '../reading/wish.ts';
import {alreadyThere, nameIn, objectsOf, placeOf, type Scene} from '../scene.ts';
import {filesIn} from './settings.ts';

const variableName = /^\$?\{?([A-Z][A-Z0-9_]*)\}?$/;
const keyName = /^[A-Za-z0-9][\w.-]*$/;
const notAKey =
	/^(?:the|a|an|and|key|keys|from|with|as|is|its|value|values|environment|env|variable|variables|of|in|to|it|comes|taken|read|secret|named|called|create|tls|opaque|type|name|data|by|for|using|set|into|platform)$/i;

/** The key that a source is for: the nearest word that may be one, before it in its sentence, or behind "as". */
function keyFor(wish: Wish, at: number, taken: ReadonlySet<string>, isVariable: (text: string) => boolean): string | undefined {
	const raw = (index: number) => wish.words[index]?.raw ?? '';
	const isKey = (index: number) =>
		keyName.test(raw(index)) &&
		!notAKey.test(raw(index)) &&
		!taken.has(raw(index)) &&
		!(variableName.test(raw(index)) && isVariable(raw(index)));
	if (/^(?:as|under|into|for)$/.test(plainAt(wish, at + 1))) return [at + 2, at + 3, at + 4].filter(isKey).map(raw)[0];
	for (let index = at - 1; index >= Math.max(0, at - 12); index -= 1) {
		if (wish.words[index]?.stop === '.' && index < at - 1) break;
		if (isKey(index) && (wish.words[index]?.quoted === true || !/[가-힣]/.test(raw(index)))) return raw(index);
	}
	return [at + 1, at + 2, at + 3]
		.filter(isKey)
		.map(raw)
		.find(word => !/[가-힣]/.test(word));
}

/** Variables of the environment that values come from, as `KEY=VARIABLE`. */
function variablesIn({wish, world, namespaces}: Scene, name: string): readonly {readonly key: string; readonly variable: string}[] {
	const taken = new Set([name, ...namespaces]);
	// `API_KEY from MAP_TOKEN`: where one of them is set, the others are keys.
	const isSomeSet = wish.words.some(({raw}) => world.hasVariable(variableName.exec(raw)?.[1] ?? ''));
	const isVariable = (text: string) => !isSomeSet || world.hasVariable(text);
	return wish.words.flatMap((word, at) => {
		const [pair] = pairsIn({words: [word]});
		const joined = pair === undefined ? undefined : variableName.exec(pair.value)?.[1];
		if (pair !== undefined) return joined === undefined ? [] : [{key: pair.key, variable: joined}];
		const variable = variableName.exec(word.raw)?.[1];
		if (variable === undefined || variable.length < 3 || !isVariable(variable) || /^(?:TLS|ENV|KEY|RSA|DNS|API|RANDOM)$/.test(variable))
			return [];
		const key = keyFor(wish, at, taken, isVariable);
		if (key !== undefined) taken.add(key);
		return [{key: key ?? variable, variable}];
	});
}

function typeIn(wish: Wish): string | undefined {
	if (says(wish, /\btls\b|certificate|인증서/i)) return 'tls';
	if (says(wish, /docker|image pull|registry (?:credential|login)|dockerconfigjson/i)) return 'dockerconfigjson';
	if (says(wish, /basic[- ]?auth/i)) return 'basic-auth';
	return says(wish, /\bssh\b/i) ? 'ssh-auth' : undefined;
}

const randomWord = /\brandom(?:ly)?\b|랜덤|무작위|임의/i;

/** Keys that get a random value, with the length that is said. */
function randomIn(wish: Wish, name: string, spaces: readonly string[]): readonly string[] {
	if (!says(wish, randomWord)) return [];
	const length = /(\d+)[- ]?(?:characters?|chars?|letters?|bytes?|자(?:리)?|글자|바이트)/i.exec(wish.text)?.[1];
	const keys = namedKeys(wish, new Set([name, ...spaces]));
	return keys.map(key => (length === undefined ? key : `${key}=${length}`));
}

const keysBehind =
	/(?<![\w-])(?:keys?|키(?:는|은| 이름은)?)(?: named| called| is|:)? ["'`]?([A-Za-z_][\w.-]*(?:["'`]?(?:,| and| 및|와|과) ["'`]?[A-Za-z0-9][\w.-]*)*)/gi;
const keyBefore = /(?<![\w-])["'`]?([A-Za-z0-9][\w.-]*\w)["'`]? (?:key|키)(?![a-z-])/gi;

/** Keys that are called so: `key client-secret`, `keys a and b`, `client-secret 키`. */
function namedKeys(wish: Wish, taken: ReadonlySet<string>): readonly string[] {
	const listed = (pattern: RegExp) =>
		[...wish.text.matchAll(pattern)]
			.flatMap(([, list = '']) => list.split(/,| and | 및 |와 |과 | /))
			.map(key => key.replaceAll(/["'`]/g, '').replace(/[.,]$/, '').trim())
			.filter(key => keyName.test(key) && !notAKey.test(key) && !taken.has(key));
	const behind = listed(keysBehind);
	return [...new Set(behind.length > 0 ? behind : listed(keyBefore))];
}

/** `copy regcred from platform into ml`: where it is, and where it shall be. */
async function copyOf(scene: Scene): Promise<Made> {
	const {wish, spoken} = scene;
	const secrets = await objectsOf(scene, 'Secret');
	const hit = wish.words.find(({raw}) => secrets.some(({metadata}) => metadata.name === raw))?.raw;
	if (hit === undefined) return lacking(wish, 'Which Secret should be copied?', '어느 시크릿을 복사할까요?');
	const to = spoken.find(
		({at}) =>
			/^(?:into|to|in)$/.test(plainAt(wish, at - 1)) ||
			/^(?:into|to)$/.test(plainAt(wish, at - 2)) ||
			/^ ?(?:네임 ?스페이스)?(?:에|으로|로)(?!서)/.test(wish.text.slice(indexOfWord(wish, at) + (wish.words[at]?.raw.length ?? 0))),
	);
	const homes = secrets.filter(({metadata}) => metadata.name === hit).map(({metadata}) => metadata.namespace ?? '');
	const sources = homes.filter(home => home !== to?.namespace);
	const said = sources.filter(home => spoken.some(({namespace}) => namespace === home));
	const [from, other] = said.length > 0 ? said : sources;
	if (to === undefined || from === undefined)
		return lacking(wish, `Into which namespace should Secret ${hit} be copied?`, `시크릿 ${hit}을(를) 어느 네임스페이스로 복사할까요?`);
	if (other !== undefined)
		return lacking(wish, `From which namespace: ${sources.join(' or ')}?`, `어느 네임스페이스의 것인가요: ${sources.join(', ')}?`);
	const behindAs = wish.words.findIndex((_, index) => plainAt(wish, index - 1) === 'as' && isNameWord(wish, index));
	const at = statedNames(wish)[0] ?? behindAs;
	const name = wish.words[at]?.raw ?? hit;
	const there = await alreadyThere(scene, 'Secret', name, to.namespace);
	return there ?? called({name, namespace: to.namespace, copyOf: `${from}/${hit}`});
}

const called = (input: JsonObject): Made => ({kind: 'calls', calls: [{tool: 'secret_manage', input}]});

/** A Secret whose values come from variables, files, another Secret or chance; one that stands in the request is not taken. */
export async function makeSecret(scene: Scene): Promise<Made> {
	const {wish, world} = scene;
	if (says(wish, /\b(?:copy|clone|duplicate|replicate|mirror)\b|복사|복제/i)) return copyOf(scene);
	const files = await filesIn(scene);
	const name = nameIn(scene, new Set(files.map(({at}) => at)));
	if (name === undefined) return lacking(wish, 'What should the Secret be called?', '시크릿 이름을 무엇으로 할까요?');
	const namespace = placeOf(scene);
	const there = await alreadyThere(scene, 'Secret', name, namespace);
	if (there !== undefined) return there;
	const variables = variablesIn(scene, name);
	const unset = variables.find(({variable}) => !world.hasVariable(variable));
	if (unset !== undefined)
		return lacking(
			wish,
			`The environment has no variable ${unset.variable}. Export it, or name another one.`,
			`환경변수 ${unset.variable}이(가) 없습니다. 먼저 설정하거나 다른 변수를 알려 주세요.`,
		);
	const random = randomIn(wish, name, scene.namespaces);
	const paths = new Set(files.map(({path}) => path));
	const isTyped = pairsIn(wish).some(({value}) => !variableName.test(value) && !paths.has(value));
	if (isTyped || files.length + variables.length + random.length === 0) return withoutSource(scene, name, namespace);
	const type = typeIn(wish);
	return called({
		name,
		namespace,
		...(variables.length === 0 ? {} : {fromEnv: variables.map(({key, variable}) => `${key}=${variable}`)}),
		...(files.length === 0 ? {} : {fromFile: files.map(({key, path}) => `${key}=${path}`)}),
		...(random.length === 0 ? {} : {random}),
		...(type === undefined ? {} : {type}),
	});
}

/** A value in the request would stand in the conversation: it is not repeated, and not used. Keys alone are asked for unseen. */
function withoutSource({wish, namespaces}: Scene, name: string, namespace: string): Made {
	const keys = namedKeys(wish, new Set([name, ...namespaces]));
	if (pairsIn(wish).length === 0 && keys.length > 0) return called({name, namespace, keys});
	return lacking(
		wish,
		`Where do the values of Secret ${name} come from? A value in a request would stay in the conversation, so it is not used: name an environment variable or a file, or ask for a random one.`,
		`시크릿 ${name}의 값은 어디에서 읽을까요? 요청에 쓴 값은 대화에 남으므로 쓰지 않습니다. 환경변수나 파일을 알려 주시거나, 랜덤 값을 요청하세요.`,
	);
}
