import {nextRun} from '../../../../core/cron-schedule.ts';
import {numberAt, textAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import {age} from '../../../../core/text/age.ts';
import type {Cause, Remedy} from '../../../diagnosis/cause.ts';
import {lastApplied} from '../../../diagnosis/last-applied.ts';
import {changeEvidence, lastWrite} from '../../../diagnosis/last-write.ts';
import {exchange} from '../../../diagnosis/patch-remedy.ts';
import type {Survey} from '../../survey.ts';

const timeOf = (text: string | undefined) => Date.parse(text ?? '') || 0;

/** How long the last run that went well took. */
function lastedMs(cronJob: KubeObject, survey: Survey): number {
	const done = survey
		.ownedBy(cronJob)
		.filter(({kind}) => kind === 'Job')
		.flatMap(run => {
			const [from, to] = [timeOf(textAt(run, 'status', 'startTime')), timeOf(textAt(run, 'status', 'completionTime'))];
			return from > 0 && to > from ? [{to, took: to - from}] : [];
		});
	return done.toSorted((a, b) => b.to - a.to)[0]?.took ?? 0;
}

/** So many turns without a single one that ended well are no chance. */
const fewestTurns = 3;

/** Whether run after run was begun since the last change, and none has ended well. */
function neverEnds(cronJob: KubeObject, periodMs: number, {nowMs}: Survey): boolean {
	const begun = Math.max(timeOf(cronJob.metadata.creationTimestamp), lastWrite(cronJob).atMs);
	const [ran, ended] = [timeOf(textAt(cronJob, 'status', 'lastScheduleTime')), timeOf(textAt(cronJob, 'status', 'lastSuccessfulTime'))];
	return ran > begun && nowMs - begun >= fewestTurns * periodMs && ended < begun && nowMs - ended >= fewestTurns * periodMs;
}

/** Runs that take longer than the time to the next, which ends them: with concurrencyPolicy Replace none is ever through. */
export function replacedRuns(cronJob: KubeObject, survey: Survey): readonly Cause[] {
	const schedule = textAt(cronJob, 'spec', 'schedule') ?? '';
	const first = nextRun(schedule, survey.nowMs);
	const second = first === undefined ? undefined : nextRun(schedule, first);
	if (textAt(cronJob, 'spec', 'concurrencyPolicy') !== 'Replace' || cronJob.metadata.deletionTimestamp !== undefined) return [];
	if (first === undefined || second === undefined) return [];
	const periodMs = second - first;
	const tookMs = lastedMs(cronJob, survey);
	const isActive = survey.ownedBy(cronJob).some(run => (numberAt(run, 'status', 'active') ?? 0) > 0);
	if (!isActive || !(tookMs > periodMs || neverEnds(cronJob, periodMs, survey))) return [];
	const name = refText(refOf(cronJob));
	const before = (['schedule', 'concurrencyPolicy'] as const).filter(field => {
		const former = textAt(lastApplied(cronJob), 'spec', field);
		return former !== undefined && former !== textAt(cronJob, 'spec', field);
	});
	const back: readonly Remedy[] =
		before.length === 0
			? []
			: [
					exchange(
						cronJob,
						before.map(field => ({
							path: ['spec', field],
							from: textAt(cronJob, 'spec', field),
							to: textAt(lastApplied(cronJob), 'spec', field),
						})),
						{
							side: 'workload',
							sure: true,
							text: {
								en: `Set ${before.join(' and ')} of ${name} back to what was applied`,
								ko: `${name}의 ${before.join(', ')}을(를) 적용했던 값으로 되돌립니다`,
							},
						},
					),
				];
	return [
		{
			id: 'runs-replace-each-other',
			resource: refOf(cronJob),
			path: before[0] === 'schedule' ? 'spec.schedule' : 'spec.concurrencyPolicy',
			cause: {
				en: `${name} starts each ${age(periodMs)} and ends the run before (concurrencyPolicy Replace)${tookMs > periodMs ? `, and a run takes ${age(tookMs)}` : ', and none has been through since its last change'}: no run ends well`,
				ko: `${name}가 ${age(periodMs)}마다 시작하며 앞선 실행을 끝내는데(concurrencyPolicy: Replace) ${tookMs > periodMs ? `한 번에 ${age(tookMs)}이 걸려` : '마지막 변경 이후'} 끝까지 가는 실행이 없습니다`,
			},
			evidence: [
				{
					source: name,
					detail: `schedule ${schedule}, concurrencyPolicy Replace, last success ${textAt(cronJob, 'status', 'lastSuccessfulTime') ?? 'never'}`,
				},
				...changeEvidence(cronJob),
			],
			remedies: [
				...back,
				exchange(cronJob, [{path: ['spec', 'concurrencyPolicy'], from: 'Replace', to: 'Forbid'}], {
					side: 'workload',
					// Whether a later run may be given up for an earlier one somebody has to say.
					sure: false,
					text: {
						en: `Let a run of ${name} end before the next begins (Forbid)`,
						ko: `${name}의 실행이 끝난 뒤 다음 실행을 시작하게 합니다(Forbid)`,
					},
				}),
			],
		},
	];
}
