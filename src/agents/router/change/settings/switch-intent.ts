import {listAt, objectAt, textAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import type {Clause} from '../../clause.ts';
import {isInScope, scopeIn} from '../../names/scope-in.ts';
import type {Intent, Understanding} from '../../understanding.ts';
import {inEnglish} from '../../words/loanwords.ts';
import {type Asking, allOf, inLanguage, type Planned, question} from '../asking.ts';
import {containersIn} from '../containers.ts';
import {plannedEdit} from '../edit-targets.ts';
import {withVariables} from '../env/set-env.ts';
import {switched} from '../env/value-form.ts';
import {speaksOfLabels} from '../labels/label-words.ts';
import {inNamespace, isQuestion, podKinds, targetsIn} from '../targets.ts';

/** A key that is on or off now, and the plan that turns it. */
type Switch = {readonly object: KubeObject; readonly key: string; readonly value: string; readonly planned: Planned};

/** Whether a clause turns something on or off. Undefined: neither. */
function turnsOn({text}: Clause): boolean | undefined {
	if (/\b(?:turn|switch|flip|put|set)\b.*\boff\b|\b(?:disable|deactivate)\b|(?<![가-힣])(?:꺼|끄|끈|비활성)/i.test(text)) return false;
	return /\b(?:turn|switch|flip|put|set)\b.*\bon\b|\b(?:enable|activate)\b|(?<![가-힣])(?:켜|켠|활성)/i.test(text) ? true : undefined;
}

const bare = (text: string) => text.toLowerCase().replaceAll(/[^a-z0-9\uac00-\ud7a3]+/g, '');

/** Whether the words name a key: as it is written, or with spaces where it has `_`, `-` or `.`. */
function isNamed({words}: Clause, key: string): boolean {
	const length = key.split(/[^A-Za-z0-9]+/).length;
	return words.some((_, at) =>
		[1, length].some(
			count =>
				bare(
					words
						.slice(at, at + count)
						.map(({raw, text}) => inEnglish(text) ?? raw)
						.join(' '),
				) === bare(key),
		),
	);
}

/** `beta_search as it is`, `beta_search는 그대로`: named to be left. */
const isLeft = ({text}: Clause, key: string) =>
	new RegExp(
		`${key.replaceAll(/[.*+?^$(){}|[\\]\\\\]/g, '\\$&')}["'\`]?(?:은|는|도)? ?(?:,? ?(?:as (?:it|they) (?:is|are)|stays?|remains?|untouched|unchanged|alone|must not|should not)\\b|그대로|유지|놔두|건드리지)`,
		'i',
	).test(text);

/** The word for on or off that stands behind a key, before the next one: `dark_mode 끄고 gift_wrap 켜줘`. */
function turnedBehind({text}: Clause, key: string, keys: readonly string[]): boolean | undefined {
	const at = text.indexOf(key);
	if (at === -1) return undefined;
	const rest = text.slice(at + key.length);
	const next = Math.min(...keys.filter(other => other !== key && rest.includes(other)).map(other => rest.indexOf(other)), rest.length);
	const word = /\b(on|off|true|false|enabled?|disabled?)\b|(켜|켠|활성)|(꺼|끄|끈|비활성)/i.exec(rest.slice(0, next));
	if (word === null) return undefined;
	return word[3] === undefined && !/^(?:off|false|disable)/i.test(word[1] ?? '');
}

const told = ({clause}: Asking, object: KubeObject, key: string, value: string) =>
	inLanguage(clause, `Change ${refText(refOf(object))}: ${key}=${value}`, `${refText(refOf(object))} 변경: ${key}=${value}`);

function inMap(asking: Asking, map: KubeObject, isOn: boolean): readonly Switch[] {
	const data = objectAt(map, 'data');
	return Object.keys(data).flatMap((key): readonly Switch[] => {
		const value =
			isNamed(asking.clause, key) && !isLeft(asking.clause, key)
				? switched(textAt(data, key) ?? '', turnedBehind(asking.clause, key, Object.keys(data)) ?? isOn)
				: undefined;
		if (value === undefined) return [];
		const input = {name: map.metadata.name, ...inNamespace(map), values: [`${key}=${value}`]};
		return [{object: map, key, value, planned: {said: told(asking, map, key, value), calls: [{tool: 'configmap_update', input}]}}];
	});
}

function inPods(asking: Asking, object: KubeObject, isOn: boolean): readonly Switch[] {
	return containersIn(object).flatMap(container =>
		listAt(container.spec, 'env').flatMap((variable): readonly Switch[] => {
			const key = textAt(variable, 'name') ?? '';
			const value =
				isNamed(asking.clause, key) && !isLeft(asking.clause, key) ? switched(textAt(variable, 'value') ?? '', isOn) : undefined;
			if (value === undefined) return [];
			const after = withVariables(object, container, [{name: key, value}]);
			return [{object, key, value, planned: plannedEdit(asking, object, {after, told: `${container.name} ${key}=${value}`})}];
		}),
	);
}

/** Several keys of that name: each is an order of its own. */
const whichSwitch = ({clause}: Asking, found: readonly Switch[]): Understanding =>
	question(
		clause,
		`Several settings have that name: ${found.map(({object, key}) => `${key} of ${refText(refOf(object))}`).join(', ')}. Which one?`,
		`그 이름의 설정이 여러 개 있습니다: ${found.map(({object, key}) => `${refText(refOf(object))}의 ${key}`).join(', ')}. 어느 것인가요?`,
		found.slice(0, 4).map(({object, key, value}) => {
			const {kind, metadata} = object;
			return {
				text: refText(refOf(object)),
				request: `Set ${key}=${value} on ${kind.toLowerCase()} ${metadata.name} in ${metadata.namespace}`,
			};
		}),
	);

/** Several keys that a clause names in one map, each turned by the word behind it. */
const ofOne = (found: readonly Switch[]): readonly Planned[] | undefined => {
	const [first] = found;
	const isOne =
		found.length > 1 && found.every(({object}) => object === first?.object) && new Set(found.map(({key}) => key)).size === found.length;
	return isOne ? found.map(({planned}) => planned) : undefined;
};

/** `switch dark_mode on`, `turn NEW_UI off for web`: the key that is on or off already, in a ConfigMap or a workload. */
export const switchIntent: Intent = {
	name: 'switch',
	async understand(clause, world, talk) {
		const isOn = turnsOn(clause);
		if (isOn === undefined || speaksOfLabels(clause) || clause.text.includes('=')) return undefined;
		const asking = {clause, world, talk};
		const scope = await scopeIn(clause, world);
		const maps = (await world.objects('ConfigMap')).flatMap(map => inMap(asking, map, isOn));
		const pods = (await Promise.all(podKinds.map(kind => world.objects(kind)))).flat().flatMap(object => inPods(asking, object, isOn));
		const all = [...pods, ...maps].filter(({object}) => isInScope(scope, object.metadata.namespace));
		if (all.length === 0) return undefined;
		const found = await ofNamed(asking, all);
		if (found.length === 0) return undefined;
		const whole = ofOne(found);
		if (whole !== undefined) return allOf(whole);
		return found.length === 1 ? allOf(found.map(({planned}) => planned)) : whichSwitch(asking, found);
	},
};

/** Those of the objects that the clause names; a workload's settings may stand in a ConfigMap of its namespace. */
async function ofNamed(asking: Asking, all: readonly Switch[]): Promise<readonly Switch[]> {
	const named = await Promise.all([['ConfigMap'], podKinds].map(kinds => targetsIn(asking, kinds)));
	const objects = named.flatMap(targets => (isQuestion(targets) ? [] : targets));
	if (objects.length === 0) return all;
	const isOne = ({object}: Switch) =>
		objects.some(
			({kind, metadata}) =>
				kind === object.kind && metadata.name === object.metadata.name && metadata.namespace === object.metadata.namespace,
		);
	const own = all.filter(isOne);
	if (own.length > 0 || objects.some(({kind}) => kind === 'ConfigMap')) return own;
	return all.filter(
		({object}) => object.kind === 'ConfigMap' && objects.some(({metadata}) => metadata.namespace === object.metadata.namespace),
	);
}
