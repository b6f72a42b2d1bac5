import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import type {Analyzer} from '../../analyzer.ts';
import {eachMinute} from './each-minute.ts';
import {managedElsewhere} from './managed-elsewhere.ts';
import {replacedRuns} from './replaced-runs.ts';
import {runBehindService} from './run-behind-service.ts';
import {blockedRuns, missedRuns, outOfTime, startsNoPod} from './runs.ts';
import {deadlineTooShort, justSuspended, neverComes} from './schedules.ts';

const isAlone = ({metadata}: KubeObject) => !metadata.ownerReferences?.some(({controller}) => controller === true);

/** What should run by a clock, or once, and does not. */
export const batchFaults: Analyzer = survey =>
	survey.namespaces.flatMap(namespace => [
		...survey
			.all('CronJob', namespace)
			.flatMap(job => [
				...neverComes(job, survey.nowMs),
				...eachMinute(job),
				...deadlineTooShort(job),
				...justSuspended(job, survey.nowMs),
				...blockedRuns(job, survey),
				...replacedRuns(job, survey),
				...missedRuns(job, survey),
				...startsNoPod(job),
				...outOfTime(job, survey),
				...managedElsewhere(job, survey),
				...runBehindService(job, survey),
			]),
		...survey
			.all('Job', namespace)
			.filter(isAlone)
			.flatMap(job => [
				...justSuspended(job, survey.nowMs),
				...startsNoPod(job),
				...outOfTime(job, survey),
				...managedElsewhere(job, survey),
				...runBehindService(job, survey),
			]),
	]);
