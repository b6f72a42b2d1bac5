import type {Json} from '../../../../core/json.ts';
import {canonicalJson} from '../../../../core/json.ts';
import {listAt, objectAt, textAt, valueAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import {podSpecOf} from '../../../../core/kube/pod-spec.ts';
import {oncePerObject} from '../../../../core/once-per-object.ts';
import {someOf} from '../../../../core/text/count.ts';
import {shortLine} from '../../../../core/text/short-line.ts';
import {caseOf} from '../../../diagnosis/case.ts';
import type {Cause, Remedy} from '../../../diagnosis/cause.ts';
import {type PlacedContainer, placedContainers} from '../../../diagnosis/container-place.ts';
import {fieldPath} from '../../../diagnosis/field-path.ts';
import {exchange} from '../../../diagnosis/patch-remedy.ts';
import {meantName} from '../../../diagnosis/reference-causes.ts';
import {backRemedy, changeEvidence, changeOf, changesAt} from '../../../diagnosis/template-change.ts';
import type {Analyzer} from '../../analyzer.ts';
import type {Survey} from '../../survey.ts';
import {startingWorkloads} from '../standing.ts';
import {isOfService, nameOf, referred, runsShell, takenNames, takenSources, wordsOf} from './variable-names.ts';
import {prefixCauses} from './variable-prefix.ts';

/** Most containers are given each variable once. */
const givesTwice = oncePerObject(({container}: PlacedContainer) => {
	const names = listAt(container, 'env').map(nameOf);
	return new Set(names).size < names.length;
});

/** A variable that is given twice with other values: the later one holds, and the earlier one says something else. */
function twiceCauses(workload: KubeObject, placed: PlacedContainer, survey: Survey): readonly Cause[] {
	if (!givesTwice(placed)) return [];
	const {container, name: own, place} = placed;
	const variables = listAt(container, 'env');
	return variables.flatMap((variable, index): readonly Cause[] => {
		const name = nameOf(variable);
		const former = variables.findIndex(
			(other, at) => at < index && nameOf(other) === name && canonicalJson(other) !== canonicalJson(variable),
		);
		if (former === -1) return [];
		const at = [...place, 'env'];
		const value = (of: Json | undefined) => textAt(of, 'value') ?? JSON.stringify(valueAt(of, 'valueFrom') ?? '');
		const [one, two] = [value(variables[former]), value(variable)];
		const who = refText(refOf(workload));
		const given = caseOf(workload, survey.scene(workload.metadata.namespace ?? ''));
		const change = changeOf(given);
		// The present template brought it where the revision that ran before had another list.
		const brought = changesAt(change, at);
		const back = backRemedy(given, change, brought);
		return [
			{
				id: 'variable-given-twice',
				resource: refOf(workload),
				path: fieldPath(workload, [...at, index]),
				severity: brought.length > 0 ? 'medium' : 'low',
				cause: {
					en: `Container ${own} of ${who} is given ${name} twice: ${one}, and later ${two}, which is what it gets`,
					ko: `${who}의 컨테이너 ${own}에 ${name}이(가) 두 번 주어집니다: ${one} 다음에 ${two}이(가) 있어 나중 값이 쓰입니다`,
				},
				evidence: [
					{source: who, detail: `env[${former}] ${name}=${one}`},
					{source: who, detail: `env[${index}] ${name}=${two}`},
					...changeEvidence(given, change, brought),
				],
				remedies: [
					...back,
					exchange(workload, [{path: [...at, index], from: variable, to: undefined}], {
						side: 'workload',
						sure: false,
						text: {en: `Leave ${name}=${one} alone and drop ${two}`, ko: `${name}=${one}만 두고 ${two}을(를) 뺍니다`},
					}),
					exchange(workload, [{path: [...at, former], from: variables[former], to: undefined}], {
						side: 'workload',
						sure: false,
						text: {en: `Leave ${name}=${two} alone and drop ${one}`, ko: `${name}=${two}만 두고 ${one}을(를) 뺍니다`},
					}),
				],
			},
		];
	});
}

/** Most containers refer to nothing. */
const refers = oncePerObject(({container}: PlacedContainer) =>
	JSON.stringify([objectAt(container).env, objectAt(container).command, objectAt(container).args]).includes('$('),
);

/** `$(NAME)` of a variable that is not defined, or only later: the program gets these very letters. */
function undefinedCauses(workload: KubeObject, placed: PlacedContainer, survey: Survey): readonly Cause[] {
	if (!refers(placed)) return [];
	const {container, name: own, place} = placed;
	const podSpec = podSpecOf(workload);
	const sources = takenSources(container, workload.metadata.namespace, survey);
	if (sources === undefined) return [];
	const taken = takenNames(sources);
	const variables = listAt(container, 'env');
	const names = variables.map(nameOf);
	const all = [...names, ...taken];
	const isShell = runsShell(container);
	const who = refText(refOf(workload));
	const unset = wordsOf(placed)
		.filter(({at}) => !isShell || at.includes('env'))
		.flatMap(({text, at, before}) =>
			[...new Set(referred(text))].filter(name => !before.includes(name) && !taken.has(name)).map(name => ({name, text, at})),
		);
	const unmet = unset.filter(({name}) => !isOfService(name, podSpec));
	const prefixed = prefixCauses(workload, placed, {sources, unmet: unmet.filter(({name}) => !names.includes(name)), unset}, survey);
	if (prefixed.length > 0) return prefixed;
	return unmet.map(({name, text, at}): Cause => {
		const isLater = names.includes(name);
		const meant = isLater ? undefined : meantName(name, all);
		return {
			id: 'variable-not-defined',
			resource: refOf(workload),
			path: fieldPath(workload, at),
			cause: {
				en: `Container ${own} of ${who} refers to $(${name}), ${isLater ? 'which is defined only later in the list' : 'which nothing defines'}: the program gets these letters as they are`,
				ko: `${who}의 컨테이너 ${own}이(가) $(${name})을(를) 쓰는데 ${isLater ? '그 변수는 목록에서 더 뒤에 정의됩니다' : '그런 변수가 없습니다'}: 프로그램은 이 글자를 그대로 받습니다`,
			},
			evidence: [
				{source: who, detail: `${fieldPath(workload, at)}: ${shortLine(text, 200)}`},
				{source: who, detail: `variables ${someOf(all, 8) || 'none'}`},
			],
			remedies: isLater
				? [inOrder(workload, place, name, variables)]
				: meant === undefined
					? formerly(workload, placed, {name, at}, survey)
					: [named(workload, {at, text, name, meant})],
		};
	});
}

/** What the revision before had: the variable itself, or another text in this place. */
function formerly(
	workload: KubeObject,
	{container, name: own, place}: PlacedContainer,
	{name, at}: {name: string; at: readonly (string | number)[]},
	survey: Survey,
): readonly Remedy[] {
	const given = caseOf(workload, survey.scene(workload.metadata.namespace ?? ''));
	const change = changeOf(given);
	const dropped = ['initContainers', 'containers']
		.flatMap(list => listAt(change?.earlier.template, 'spec', list))
		.filter(each => nameOf(each) === own)
		.flatMap(each => listAt(each, 'env'))
		.find(each => nameOf(each) === name);
	if (dropped === undefined) return backRemedy(given, change, changesAt(change, at));
	const path = [...place, 'env'];
	const have = valueAt(container, 'env');
	// Others may refer to it: it comes first.
	return [
		exchange(workload, [have === undefined ? {path, to: [dropped]} : {path: [...path, 0], to: dropped}], {
			side: 'workload',
			sure: true,
			text: {en: `Give ${name} to container ${own} again`, ko: `컨테이너 ${own}에 ${name}을(를) 다시 줍니다`},
		}),
	];
}

function named(
	workload: KubeObject,
	{at, text, name, meant}: {at: readonly (string | number)[]; text: string; name: string; meant: string},
) {
	return exchange(workload, [{path: at, from: text, to: text.replaceAll(`$(${name})`, `$(${meant})`)}], {
		side: 'workload',
		sure: true,
		text: {en: `Refer to $(${meant})`, ko: `$(${meant})을(를) 쓰게 합니다`},
	});
}

/** The variable that others refer to comes first. */
function inOrder(workload: KubeObject, place: readonly (string | number)[], name: string, variables: readonly Json[]) {
	const to = [...variables.filter(each => nameOf(each) === name), ...variables.filter(each => nameOf(each) !== name)];
	return exchange(workload, [{path: [...place, 'env'], from: variables, to}], {
		side: 'workload',
		sure: true,
		text: {en: `Define ${name} before it is referred to`, ko: `${name}을(를) 먼저 정의합니다`},
	});
}

/** Variables of containers that contradict each other. */
export const variableFaults: Analyzer = survey =>
	startingWorkloads(survey).flatMap(workload =>
		placedContainers(workload).flatMap(container => [
			...twiceCauses(workload, container, survey),
			...undefinedCauses(workload, container, survey),
		]),
	);
