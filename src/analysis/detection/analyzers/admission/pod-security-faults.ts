import type {Json} from '../../../../core/json.ts';
import {listAt, objectAt, textAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import {podSpecOf} from '../../../../core/kube/pod-spec.ts';
import {count} from '../../../../core/text/count.ts';
import {caseOf} from '../../../diagnosis/case.ts';
import type {Cause, Remedy} from '../../../diagnosis/cause.ts';
import {podSpecPlace} from '../../../diagnosis/container-place.ts';
import {earlierRevisions} from '../../../diagnosis/earlier-revision.ts';
import {exchangesBetween} from '../../../diagnosis/exchanges-between.ts';
import {fieldPath} from '../../../diagnosis/field-path.ts';
import {changeEvidence, isChangedLater, writtenMs} from '../../../diagnosis/last-write.ts';
import {type Exchange, exchange, merge} from '../../../diagnosis/patch-remedy.ts';
import {inOrder, writeOf} from '../../../diagnosis/writes-remedy.ts';
import {hardened, humble} from '../../../pod-security/hardened.ts';
import {minorOf} from '../../../pod-security/namespace-policy.ts';
import {type PodSecurityLevel, podSecurityLevels, podViolations, type Standard} from '../../../pod-security/standard.ts';
import type {Analyzer} from '../../analyzer.ts';
import type {Survey} from '../../survey.ts';
import {severityOfStart, startingWorkloads} from '../standing.ts';

const label = 'pod-security.kubernetes.io/enforce';

/** Who is refused, with what would let its pods pass. */
type Refused = {
	readonly workload: KubeObject;
	readonly details: readonly string[];
	/** The fields that let its pods pass; none where the level refuses what nobody can take away, such as a path of the node. */
	readonly exchanges: readonly Exchange[];
	/** They give up what was asked for: whether the program does without it a person has to say. */
	readonly isHumble: boolean;
	/** Those that the revision before had, and passed with. */
	readonly isBack: boolean;
	/** The template brought what is refused. */
	readonly isOwn: boolean;
};

const withSpec = (workload: KubeObject, podSpec: Json): KubeObject => ({
	apiVersion: 'v1',
	kind: 'Pod',
	metadata: {name: workload.metadata.name},
	spec: podSpec,
});

const securityOnly = (exchanges: readonly Exchange[]) =>
	exchanges.filter(({path}) =>
		path.some(step =>
			['securityContext', 'hostNetwork', 'hostPID', 'hostIPC', 'hostPort', 'volumes', 'volumeMounts', 'ports'].includes(String(step)),
		),
	);

const namesIn = (podSpec: Json) =>
	['initContainers', 'containers'].flatMap(list => listAt(podSpec, list).map(each => `${list} ${textAt(each, 'name')}`));

function refusedOf(workload: KubeObject, {level, minor}: Standard, namespace: KubeObject, survey: Survey): Refused | undefined {
	const violations = podViolations(level, workload, minor);
	if (violations.length === 0) return undefined;
	const given = caseOf(workload, survey.scene(namespace.metadata.name));
	const podSpec = podSpecOf(workload);
	const earlier = earlierRevisions(given)[0];
	const former = earlier === undefined ? undefined : objectAt(earlier.template, 'spec');
	const passedBefore = former !== undefined && podViolations(level, withSpec(workload, former), minor).length === 0;
	const place = podSpecPlace(workload);
	const passes = (spec: Json) => podViolations(level, withSpec(workload, spec), minor).length === 0;
	const better = hardened(level, podSpec);
	const humbler = humble(level, podSpec);
	const fitting = [better, humbler].find(passes);
	// What a release added has no value of before.
	const isBack = passedBefore && namesIn(podSpec).every(name => namesIn(former).includes(name));
	const exchanges = isBack
		? securityOnly(exchangesBetween(podSpec, former, place))
		: fitting === undefined
			? []
			: exchangesBetween(podSpec, fitting, place);
	const isLabelLater = isChangedLater(namespace, workload, {one: ['metadata', 'labels', label]});
	return {
		workload,
		details: violations.map(({detail}) => detail),
		exchanges,
		isHumble: !isBack && fitting === humbler,
		isBack,
		isOwn: passedBefore || (earlier === undefined && !isLabelLater && writtenMs(workload) > 0),
	};
}

const side = 'workload' as const;

/** What pods get, in both languages; those that give up rights are the last word of nobody but who wrote the program. */
const hardeningText = (names: string, level: PodSecurityLevel, isHumble: boolean) => ({
	en: `Give the pods of ${names} the security context that the level ${level} asks for${isHumble ? ', without the rights that it refuses' : ''}`,
	ko: `${names}의 파드에 ${level} 수준이 요구하는 보안 설정을 넣습니다${isHumble ? '(거절되는 권한은 뺍니다)' : ''}`,
});

function ownRemedies({workload, exchanges, isBack, isHumble}: Refused, level: PodSecurityLevel): readonly Remedy[] {
	if (exchanges.length === 0) return [];
	const name = refText(refOf(workload));
	return [
		exchange(workload, exchanges, {
			side,
			sure: !isHumble,
			text: isBack
				? {
						en: `Set what the level ${level} refuses of ${name} back to what it was`,
						ko: `${name}에서 ${level} 수준이 거절하는 설정을 이전 값으로 되돌립니다`,
					}
				: hardeningText(name, level, isHumble),
		}),
	];
}

function causeOfWorkload(refused: Refused, level: PodSecurityLevel, namespace: KubeObject, survey: Survey): Cause {
	const {workload, details, exchanges} = refused;
	const name = refText(refOf(workload));
	const place = exchanges[0]?.path ?? [...podSpecPlace(workload), 'securityContext'];
	return {
		id: 'pod-security-refuses',
		resource: refOf(workload),
		path: fieldPath(workload, place),
		severity: severityOfStart(workload, survey),
		hurts: [refOf(workload)],
		cause: {
			en: `${refText(refOf(namespace))} enforces the level ${level}, and refuses the pods of ${name}: ${details.join('; ')}`,
			ko: `${refText(refOf(namespace))}이(가) ${level} 수준을 강제하여 ${name}의 파드를 거절합니다: ${details.join('; ')}`,
		},
		evidence: [
			{source: refText(refOf(namespace)), detail: `${label}=${level}`},
			...details.map(detail => ({source: name, detail})),
			...changeEvidence(workload, podSpecPlace(workload)),
		],
		remedies: ownRemedies(refused, level),
	};
}

/** A level at which all of them pass: a person may have meant it, and nobody else may lower it. */
function lowered(namespace: KubeObject, {level, minor}: Standard, all: readonly Refused[]): readonly Remedy[] {
	const lower = podSecurityLevels.slice(0, podSecurityLevels.indexOf(level)).toReversed();
	const fitting = lower.find(each => all.every(({workload}) => podViolations(each, workload, minor).length === 0));
	if (fitting === undefined) return [];
	return [
		merge(
			namespace,
			{metadata: {labels: {[label]: fitting}}},
			{
				side: 'policy',
				sure: false,
				loosens: true,
				text: {
					en: `Enforce the level ${fitting} in ${namespace.metadata.name} instead, if the change of the level was not meant`,
					ko: `수준 변경이 의도가 아니었다면 ${namespace.metadata.name}에 ${fitting} 수준을 강제합니다`,
				},
			},
		),
	];
}

function causeOfLabel(all: readonly Refused[], standard: Standard, namespace: KubeObject, survey: Survey): Cause {
	const {level} = standard;
	const names = all.map(({workload}) => refText(refOf(workload)));
	const [first] = all;
	const curable = all.every(({exchanges}) => exchanges.length > 0);
	const isHumble = all.some(each => each.isHumble);
	const hardening: readonly Remedy[] =
		!curable || first === undefined
			? []
			: all.length === 1
				? ownRemedies(first, level)
				: [
						inOrder(
							all.map(({workload, exchanges}) => writeOf(workload, exchanges)),
							{
								side,
								sure: !isHumble,
								text: hardeningText(names.join(', '), level, isHumble),
							},
						),
					];
	const shows = all.some(({workload}) => severityOfStart(workload, survey) === undefined);
	return {
		id: 'pod-security-refuses',
		resource: refOf(namespace),
		path: `metadata.labels[${label}]`,
		severity: shows ? undefined : 'medium',
		hurts: all.map(({workload}) => refOf(workload)),
		cause: {
			en: `${refText(refOf(namespace))} enforces the level ${level} now, which refuses the pods of ${count(all.length, 'workload')}: ${names.join(', ')}`,
			ko: `${refText(refOf(namespace))}이(가) 이제 ${level} 수준을 강제하여 워크로드 ${all.length}개의 파드를 거절합니다: ${names.join(', ')}`,
		},
		evidence: [
			{source: refText(refOf(namespace)), detail: `${label}=${level}`},
			...changeEvidence(namespace, ['metadata', 'labels', label]),
			...all.map(({workload, details}) => ({source: refText(refOf(workload)), detail: details.join('; ')})),
		],
		remedies: [...hardening, ...lowered(namespace, standard, all)],
	};
}

/** Namespaces whose security level refuses the pods of their workloads, though those from before still run. */
export const podSecurityFaults: Analyzer = survey =>
	survey.all('Namespace').flatMap(namespace => {
		const level = podSecurityLevels.find(each => each === namespace.metadata.labels?.[label]);
		if (level === undefined || level === 'privileged') return [];
		const standard = {level, minor: minorOf(namespace.metadata.labels?.[`${label}-version`] ?? 'latest') ?? Number.POSITIVE_INFINITY};
		const refused = startingWorkloads(survey, namespace.metadata.name).flatMap(workload =>
			workload.kind === 'Pod' ? [] : (refusedOf(workload, standard, namespace, survey) ?? []),
		);
		const byLabel = refused.filter(({isOwn}) => !isOwn);
		return [
			...refused.filter(({isOwn}) => isOwn).map(each => causeOfWorkload(each, level, namespace, survey)),
			...(byLabel.length === 0 ? [] : [causeOfLabel(byLabel, standard, namespace, survey)]),
		];
	});
