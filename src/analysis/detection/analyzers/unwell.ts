import {refOf, refText} from '../../../core/kube/kube-object.ts';
import type {Cause} from '../../diagnosis/cause.ts';
import {readyText, saidOf, severityOf} from '../../findings/sick-findings.ts';
import {type Sick, sickIn} from '../../findings/sick-in.ts';
import type {Survey} from '../survey.ts';

/** What is not well and may become so by itself: nobody can tell yet. */
type Waiting = Sick;

type Unwell = {readonly causes: readonly Cause[]; readonly waiting: readonly Waiting[]};

function causesOf(sick: Sick): readonly Cause[] {
	const {object, health, causes} = sick;
	const severity = severityOf(sick);
	const seen = readyText(sick) ?? saidOf(sick);
	if (causes.length > 0)
		return causes.map(cause => ({
			...cause,
			severity: cause.severity ?? severity,
			hurts: [...(cause.hurts ?? []), refOf(object)],
			evidence: seen === '' ? cause.evidence : [...cause.evidence, {source: refText(refOf(object)), detail: seen}],
		}));
	const said = seen || `It is ${health.status.toLowerCase()}`;
	return [
		{
			id: 'cause-not-found',
			resource: refOf(object),
			severity,
			cause: {
				en: `${refText(refOf(object))}: ${said}, and nothing that was looked at says why`,
				ko: `${refText(refOf(object))}: ${said}. 살펴본 것으로는 원인을 알 수 없습니다`,
			},
			evidence: [
				{source: `status of ${refText(refOf(object))}`, detail: `${health.status}${saidOf(sick) === '' ? '' : `: ${saidOf(sick)}`}`},
			],
			remedies: [],
		},
	];
}

/** What tells by its status that it does not do what it is for, with the causes of each. */
export function unwellIn(survey: Survey): Unwell {
	const sick = [
		...survey.namespaces.flatMap(namespace => {
			const scene = survey.scene(namespace);
			return sickIn(scene, survey.nowMs).filter(({object}) => object.metadata.namespace !== undefined);
		}),
		...sickIn({namespace: '', objects: wideOf(survey)}, survey.nowMs),
	];
	return {
		causes: sick.filter(({isOnItsWay}) => !isOnItsWay).flatMap(causesOf),
		waiting: sick.filter(({isOnItsWay}) => isOnItsWay),
	};
}

/** Nodes and namespaces are looked at once, and not in the scene of each namespace. */
const wideOf = ({snapshot}: Survey) =>
	snapshot.objects.filter(
		({kind, metadata}) =>
			metadata.namespace === undefined &&
			(kind !== 'Namespace' || snapshot.namespace === undefined || metadata.name === snapshot.namespace),
	);
