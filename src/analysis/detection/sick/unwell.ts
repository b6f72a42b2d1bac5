import {refOf, refText} from '../../../core/kube/kube-object.ts';
import type {Scene} from '../../diagnosis/case.ts';
import type {Cause} from '../../diagnosis/cause.ts';
import type {Survey} from '../survey.ts';
import type {Turns} from '../turns.ts';
import {type Sick, sicknessOf} from './sick-in.ts';
import {readyText, saidOf, severityOf, stateText} from './sick-words.ts';
import {suspectsIn} from './suspects-in.ts';

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
	const said = stateText(sick);
	return [
		{
			id: 'cause-not-found',
			resource: refOf(object),
			severity,
			cause: {
				en: `${refText(refOf(object))}: ${said.replace(/[.\s]+$/, '')}, and nothing that was looked at says why`,
				ko: `${refText(refOf(object))}: ${said}. 살펴본 것으로는 원인을 알 수 없습니다`,
			},
			evidence: [
				{source: `status of ${refText(refOf(object))}`, detail: `${health.status}${saidOf(sick) === '' ? '' : `: ${saidOf(sick)}`}`},
			],
			remedies: [],
		},
	];
}

/** What of a scene does not do what it is for, thing by thing. */
function* sickIn(scene: Scene, nowMs: number): Turns<readonly Sick[]> {
	const sick: Sick[] = [];
	for (const object of suspectsIn(scene, nowMs)) {
		const found = sicknessOf(object, scene, nowMs);
		if (found !== undefined) sick.push(found);
		yield;
	}
	return sick;
}

/** What tells by its status that it does not do what it is for, with the causes of each. */
export function* unwellIn(survey: Survey): Turns<Unwell> {
	const sick: Sick[] = [];
	for (const namespace of survey.namespaces) {
		const own = yield* sickIn(survey.scene(namespace), survey.nowMs);
		sick.push(...own.filter(({object}) => object.metadata.namespace !== undefined));
		yield;
	}
	sick.push(...(yield* sickIn({namespace: '', objects: wideOf(survey)}, survey.nowMs)));
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
