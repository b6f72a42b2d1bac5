import type {Json} from '../../../../core/json.ts';
import {canonicalJson} from '../../../../core/json.ts';
import {listAt, objectAt, textAt, valueAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import {podSpecOf} from '../../../../core/kube/pod-spec.ts';
import {oncePerObject} from '../../../../core/once-per-object.ts';
import {someOf} from '../../../../core/text/count.ts';
import {shortLine} from '../../../../core/text/short-line.ts';
import {caseOf} from '../../../diagnosis/case.ts';
import type {Cause} from '../../../diagnosis/cause.ts';
import {type PlacedContainer, placedContainers} from '../../../diagnosis/container-place.ts';
import {fieldPath} from '../../../diagnosis/field-path.ts';
import {exchange} from '../../../diagnosis/patch-remedy.ts';
import {meantName} from '../../../diagnosis/reference-causes.ts';
import {backRemedy, changeEvidence, changeOf, changesAt} from '../../../diagnosis/template-change.ts';
import type {Analyzer} from '../../analyzer.ts';
import type {Survey} from '../../survey.ts';
import {startingWorkloads} from '../standing.ts';

const nameOf = (item: Json) => textAt(item, 'name') ?? '';

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

const reference = /\$\$|\$\(([A-Za-z_][\w.-]*)\)/g;

const referred = (text: string) => [...text.matchAll(reference)].flatMap(([, name]) => name ?? []);

/** Variables that the kubelet makes for the Services of a namespace. */
const isOfService = (name: string, podSpec: Json) =>
	/^KUBERNETES_/.test(name) ||
	(valueAt(podSpec, 'enableServiceLinks') !== false && /_(?:SERVICE_HOST|SERVICE_PORT\w*|PORT(?:_\w+)?)$/.test(name));

/** Names that a container takes whole from elsewhere; undefined where some of them are not known. */
function takenNames(container: Json, namespace: string | undefined, survey: Survey): ReadonlySet<string> | undefined {
	const names = new Set<string>();
	for (const from of listAt(container, 'envFrom')) {
		const kind = valueAt(from, 'secretRef') === undefined ? 'ConfigMap' : 'Secret';
		const holder = survey.find(kind, namespace, textAt(from, kind === 'Secret' ? 'secretRef' : 'configMapRef', 'name') ?? '');
		if (holder === undefined) return undefined;
		for (const key of Object.keys(objectAt(holder, 'data'))) names.add(`${textAt(from, 'prefix') ?? ''}${key}`);
	}
	return names;
}

/** In a shell `$(date)` runs a program. */
const runsShell = (container: Json) =>
	[...listAt(container, 'command'), ...listAt(container, 'args')].some(
		word => typeof word === 'string' && (/(?:^|\/)(?:ba|z|k|da)?sh$/.test(word) || /\s/.test(word)),
	);

/** Most containers refer to nothing. */
const refers = oncePerObject(({container}: PlacedContainer) =>
	JSON.stringify([objectAt(container).env, objectAt(container).command, objectAt(container).args]).includes('$('),
);

/** `$(NAME)` of a variable that is not defined, or only later: the program gets these very letters. */
function undefinedCauses(workload: KubeObject, placed: PlacedContainer, survey: Survey): readonly Cause[] {
	if (!refers(placed)) return [];
	const {container, name: own, place} = placed;
	const podSpec = podSpecOf(workload);
	const taken = takenNames(container, workload.metadata.namespace, survey);
	if (taken === undefined) return [];
	const variables = listAt(container, 'env');
	const names = variables.map(nameOf);
	const all = [...names, ...taken];
	const isShell = runsShell(container);
	const who = refText(refOf(workload));
	const texts = [
		...variables.map((variable, index) => ({
			text: textAt(variable, 'value') ?? '',
			at: [...place, 'env', index, 'value'],
			before: names.slice(0, index),
		})),
		...['command', 'args'].flatMap(field =>
			listAt(container, field).map((word, index) => ({
				text: !isShell && typeof word === 'string' ? word : '',
				at: [...place, field, index],
				before: names,
			})),
		),
	];
	return texts.flatMap(({text, at, before}) =>
		[...new Set(referred(text))].flatMap((name): readonly Cause[] => {
			if (before.includes(name) || taken.has(name) || isOfService(name, podSpec)) return [];
			const isLater = names.includes(name);
			const meant = isLater ? undefined : meantName(name, all);
			return [
				{
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
							? []
							: [named(workload, {at, text, name, meant})],
				},
			];
		}),
	);
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
