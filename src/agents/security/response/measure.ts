import type {Consequence, Write} from '../../../core/plan.ts';

/** From the least destructive to the most; a plan carries them out in this order. */
export const measures = ['isolate', 'take-out', 'cordon', 'revoke-rights', 'revoke-tokens', 'stop'] as const;

export type Measure = (typeof measures)[number];

/** What each does, for people. */
export const measureWords: {readonly [name in Measure]: string} = {
	isolate: 'shuts the pods off from the network by a NetworkPolicy',
	'take-out': 'takes the pods out of their Services and controllers, so that fresh ones take over and these stay for a look',
	cordon: 'closes the nodes of the pods to new pods',
	'revoke-rights': 'takes the account out of every binding that names it',
	'revoke-tokens': 'makes the account anew, so that every token of it is worthless, and deletes those kept in Secrets',
	stop: 'ends the pods: what they hold in memory is lost',
};

/** One measure against one subject. `why` says why it is not possible here. */
export type Taken = {
	readonly measure: Measure;
	readonly title: string;
	readonly writes: readonly Write[];
	readonly consequences: readonly Consequence[];
	/** Why it cannot be taken back; missing where the journal can. */
	readonly lasting?: string | undefined;
};

export type NotTaken = {readonly measure: Measure; readonly why: string};
