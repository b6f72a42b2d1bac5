import {textAt} from '../../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import type {Clause} from '../../clause.ts';
import {scheduleIn} from '../../create/reading/schedule.ts';
import type {Intent} from '../../understanding.ts';
import {clauseOf} from '../../words/clauses-of.ts';
import {withoutTold} from '../../words/reasons.ts';
import {spoken} from '../../words/spoken.ts';
import {timesOfDay} from '../../words/spoken-time.ts';
import {changeAt} from '../change-at.ts';
import {type Edit, editTargets} from '../edit-targets.ts';

const resuming =
	'resume unsuspend un-suspend unpause un-pause unfreeze revive wake wake_up enable reenable re-enable reactivate continue activate 재개 재가동 활성화 켜 풀 다시_시작 다시_켜';
const suspending = 'suspend pause stop disable halt hold deactivate turn_off 중지 중단 멈추 정지 일시중지 일시정지 보류 비활성화 끄';

/** Whether a job is to rest, or to go on. How it stands now (`…, it's suspended`) is no wish. Undefined: the clause says neither. */
function suspensionIn(whole: Clause): boolean | undefined {
	const clause = clauseOf(withoutTold(whole.text));
	if (
		spoken(clause, resuming) ||
		/\bturn\b.*\bon\b|\bun-?suspend|\b(?:let|have|get|make|set|may|can|should)\b.*\b(?:run(?:ning)?|start|fire|go(?:ing)?) again\b|다시 (?:돌|실행)/i.test(
			clause.text,
		)
	)
		return false;
	return spoken(clause, suspending) || /\bturn\b.*\boff\b/i.test(clause.text) ? true : undefined;
}

const scheduling =
	'run schedule start move change set should every at reschedule shift fire trigger 실행 스케줄 일정 돌리 바꾸 변경 설정 옮기 시작 매일 마다 맞추';

/** A schedule that is said whole, else another time of day on the days that there were, or other days at the time that there was. */
function scheduleAfter({text}: Clause, name: string, before: string): string | undefined {
	// The name may hold a word such as nightly.
	const said = text.replaceAll(name, ' ');
	const [time] = timesOfDay(said);
	const whole = scheduleIn(said);
	const [minute, hour, ...days] = before.trim().split(/\s+/);
	if (whole === undefined) return time === undefined || days.length !== 3 ? undefined : [time.minute, time.hour, ...days].join(' ');
	const isDaysAlone = time === undefined && whole.startsWith('0 0 ') && !said.includes(whole) && days.length === 3;
	return isDaysAlone ? [minute, hour, ...whole.split(' ').slice(2)].join(' ') : whole;
}

/** The object resting, or going on; and with the schedule that is told beside it. */
function suspended(clause: Clause, object: KubeObject, suspend: boolean): Edit {
	const after = changeAt(object, ['spec', 'suspend'], () => suspend);
	const schedule = speaksOfSchedule.test(clause.text) ? newSchedule(clause, object) : undefined;
	return schedule === undefined
		? {after, told: `suspend ${suspend}`}
		: {after: changeAt(after, ['spec', 'schedule'], () => schedule), told: `suspend ${suspend}, schedule ${schedule}`};
}

const speaksOfSchedule = /\bschedul|\bevery\b|주기|스케줄|일정|매시|매일|매주/i;

function newSchedule(clause: Clause, {kind, metadata, spec}: KubeObject): string | undefined {
	return kind === 'CronJob' ? scheduleAfter(clause, metadata.name, textAt(spec, 'schedule') ?? '') : undefined;
}

/** Whether a clause that changes other fields of a job suspends or resumes it besides, by the very word for it. */
export const suspensionBeside = (clause: Clause, {kind}: KubeObject): boolean | undefined =>
	(kind === 'CronJob' || kind === 'Job') && /suspend|\bresum|재개|일시 ?(?:중지|정지)|서스펜드/i.test(clause.text)
		? suspensionIn(clause)
		: undefined;

/** Orders that something rests: `paused` tells how it is. */
const rests = /\b(?:suspend|pause|stop|disable|halt|hold|deactivate)\b|(?:중지|중단|정지|보류)\s?(?:하|해|시)|멈추|꺼\s?(?:줘|주)/i;

/** Suspends and resumes CronJobs and Jobs. */
export const suspendIntent: Intent = {
	name: 'suspend',
	async understand(clause, world, talk) {
		const suspend = suspensionIn(clause);
		if (suspend === undefined) return undefined;
		const edits = await editTargets({clause, world, talk}, ['CronJob', 'Job'], object => suspended(clause, object, suspend));
		// `pause x, let y run again`: each of them has a deed of its own.
		const isOfBoth = !suspend && rests.test(clause.text) && edits?.kind === 'calls' && edits.calls.length > 1;
		return isOfBoth ? undefined : edits;
	},
};

/** Changes when a CronJob runs. */
export const scheduleIntent: Intent = {
	name: 'schedule',
	async understand(clause, world, talk) {
		if (!spoken(clause, scheduling)) return undefined;
		return editTargets({clause, world, talk}, ['CronJob'], object => {
			const schedule = newSchedule(clause, object);
			return schedule === undefined
				? undefined
				: {after: changeAt(object, ['spec', 'schedule'], () => schedule), told: `schedule ${schedule}`};
		});
	},
};
