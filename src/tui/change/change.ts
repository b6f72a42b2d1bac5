import type {Event} from '../../core/event.ts';
import type {Json} from '../../core/json.ts';
import type {AnyOutcome} from '../../core/outcome.ts';
import {withTold} from '../chat/chat-events.ts';
import type {CallItem} from '../chat/chat-item.ts';
import type {OpenReview} from '../chat/chat-state.ts';
import {withRollout} from '../chat/running-rollout.ts';

/** A change on its way: planned, asked about, carried out, ended. */
export type Change = {
	/** What the person asked for, in one line. */
	readonly title: string;
	readonly call: CallItem;
	/** The plan that the person is asked about now. */
	readonly asked?: Omit<OpenReview, 'review'> | undefined;
	readonly isCancelling: boolean;
};

/** A change at its begin. `at` is milliseconds of the screen's clock. */
export const firstChange = (title: string, tool: string, input: Json, at: number): Change => ({
	title,
	call: {kind: 'call', id: title, agent: '', tool, input, startedAt: at, told: []},
	isCancelling: false,
});

/** The change after something that its run told. */
export const changeAfter = (change: Change, event: Event): Change => ({...change, call: withRollout(withTold(change.call, event), event)});

/** The change when it is over. */
export const endedChange = (change: Change, outcome: AnyOutcome, at: number): Change => ({
	...change,
	asked: undefined,
	call: {...change.call, outcome, endedAt: at},
});
