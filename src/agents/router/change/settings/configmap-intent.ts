import {objectAt, textAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import type {Clause} from '../../clause.ts';
import type {Intent} from '../../understanding.ts';
import {renamedIn} from '../../words/renaming.ts';
import {spoken} from '../../words/spoken.ts';
import {type Asking, allOf, inLanguage, type Planned, type Question, question} from '../asking.ts';
import {formed} from '../env/formed.ts';
import type {Variable} from '../env/set-env.ts';
import {isKept, variablesIn} from '../env/variable-words.ts';
import {speaksOfLabels} from '../labels/label-words.ts';
import {inNamespace, isQuestion, targetsIn} from '../targets.ts';

const elsewhere = 'come take read mount attach use label rename copy env environment 가져오 마운트 사용 복사 라벨 환경변수';
const creating = 'create new make 만들 생성';

/** `add the key greeting with value hello`, `greeting 키를 hello로 추가`. */
function newKey({text}: Clause): readonly Variable[] {
	const english = /\bkey\s+["'`]?([\w.-]+)["'`]?(?:,)?\s+(?:with(?: the)? value|to|as|=|:|of)\s+["'`]?([^"'`,;\s]+)/i.exec(text);
	const korean = /["'`]?([\w.-]+)["'`]?\s*키(?:를|에|의|값을)?\s*(?:값(?:을|은)?\s*)?["'`]?([^"'`,;\s]+?)["'`]?(?:으로|로)(?![가-힣])/.exec(
		text,
	);
	const [, name, value] = english ?? korean ?? [];
	return name === undefined || value === undefined ? [] : [{name, value}];
}

/** A key that is named beside others and gets no value. */
const idleKey = ({words}: Clause, variables: readonly Variable[], keys: readonly string[]) =>
	words.find(
		({raw}, at) =>
			keys.includes(raw) &&
			/[A-Z_]/.test(raw) &&
			!isKept(words, at) &&
			!variables.some(variable => variable.name === raw || ('value' in variable && variable.value === raw)),
	)?.raw;

/** A number that no key gets: `retention hours 96, partitions 24`, where only the first was understood. */
function idleNumber({words}: Clause, variables: readonly Variable[], map: KubeObject): string | undefined {
	const used = new Set([
		...variables.flatMap(variable => ('value' in variable ? [variable.value] : [])),
		...Object.values(objectAt(map, 'data')).map(String),
	]);
	const isOld = (at: number) => /^(?:from|of|than|not|instead|was|is|at|in)$/.test(words[at - 1]?.text ?? '');
	const isUsed = (raw: string) => [...used].some(value => value === raw || value.includes(raw));
	return words.find(({raw, quoted}, at) => {
		const next = words[at + 1]?.text ?? '';
		return (
			!quoted &&
			/^\d+$/.test(raw) &&
			!isUsed(raw) &&
			!isOld(at) &&
			words[at - 1]?.stop === undefined &&
			/^$|^(?:and|,)$/.test(words[at]?.stop === undefined ? next : '')
		);
	})?.raw;
}

function updated({clause}: Asking, map: KubeObject): Planned | Question {
	const keys = Object.keys(objectAt(map, 'data'));
	const renamed = renamedIn(clause, keys);
	const found =
		renamed === undefined
			? variablesIn(clause, keys, [], map.metadata.name)
			: [
					{name: renamed.next, value: textAt(map, 'data', renamed.old) ?? ''},
					{name: renamed.old, remove: true as const},
				];
	const variables = formed(clause, found.length > 0 ? found : newKey(clause), key => textAt(map, 'data', key));
	if ('kind' in variables) return variables;
	const title = refText(refOf(map));
	if (variables.length === 0)
		return question(
			clause,
			`Which key of ${map.metadata.name}, and which value? It has: ${keys.join(', ')}.`,
			`${map.metadata.name}의 어느 키를 어떤 값으로 바꿀까요? 지금 있는 키: ${keys.join(', ')}.`,
		);
	const unset = idleKey(clause, variables, keys);
	if (unset !== undefined)
		return question(
			clause,
			`Which value should ${unset} of ${map.metadata.name} have?`,
			`${map.metadata.name}의 ${unset}을(를) 어떤 값으로 할까요?`,
		);
	const idle = idleNumber(clause, variables, map);
	if (idle !== undefined)
		return question(
			clause,
			`Which key of ${map.metadata.name} should be ${idle}? It has: ${keys.join(', ')}.`,
			`${map.metadata.name}의 어느 키를 ${idle}(으)로 할까요? 지금 있는 키: ${keys.join(', ')}.`,
		);
	const values = variables.flatMap(variable => ('value' in variable ? [`${variable.name}=${variable.value}`] : []));
	const remove = variables.flatMap(variable => ('remove' in variable ? [variable.name] : []));
	const told = [...values, ...remove.map(key => `-${key}`)].join(', ');
	return {
		said: inLanguage(clause, `Change ${title}: ${told}`, `${title} 변경: ${told}`),
		calls: [
			{
				tool: 'configmap_update',
				input: {
					name: map.metadata.name,
					...inNamespace(map),
					...(values.length === 0 ? {} : {values}),
					...(remove.length === 0 ? {} : {remove}),
				},
			},
		],
	};
}

/** Sets and removes keys of a ConfigMap. A workload that takes a variable from one is changed by another intent. */
export const configmapIntent: Intent = {
	name: 'configmap',
	async understand(clause, world, talk) {
		const changing =
			'set change update add remove delete drop put edit make turn raise lower should be 바꾸 변경 설정 수정 추가 제거 삭제 지우 빼 넣 올리 내리 맞추 업데이트';
		const removing = 'delete remove drop clear unset 삭제 제거 지우 빼';
		if (spoken(clause, 'from') && !spoken(clause, removing) && !/\bfrom\b.*\bto\b/i.test(clause.text)) return undefined;
		// `GROUP with the value of key G of map x` is a variable that takes it.
		if (/\bvalue (?:of|from|under) (?:the )?key\b|\bvalue\b[^.;]*\bkey \S+ (?:of|in|from)\b/i.test(clause.text)) return undefined;
		// `make TIMEOUT_MS 4000` sets.
		const makes = spoken(clause, creating) && !/\bmake (?:[A-Z][A-Z0-9]*_[A-Z0-9_]+|it|that|them)\b/.test(clause.text);
		if (makes || spoken(clause, elsewhere) || speaksOfLabels(clause)) return undefined;
		const asking = {clause, world, talk};
		const maps = await targetsIn(asking, ['ConfigMap']);
		if (isQuestion(maps)) return maps;
		// Deleting the whole map names no key of it, and without a verb only a key with its value is an order.
		const isKeyless = maps.some(map => {
			const keys = Object.keys(objectAt(map, 'data'));
			return variablesIn(clause, keys, []).length === 0 && renamedIn(clause, keys) === undefined;
		});
		const whole = isKeyless && (spoken(clause, removing) || !spoken(clause, changing));
		return maps.length === 0 || whole ? undefined : allOf(maps.map(map => updated(asking, map)));
	},
};
