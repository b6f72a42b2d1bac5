import type {JournalEntry} from '../../core/journal.ts';
import type {History} from '../history/history-view.ts';
import {deletionPlan, sampleDigest, samplePlan} from '../sample-plan.ts';
import {sampleNow} from './sample-now.ts';

const entry = (id: string, startedAt: string, more: Partial<JournalEntry> = {}): JournalEntry => ({
	id,
	startedAt,
	endedAt: startedAt.replace(':00Z', ':42Z'),
	plan: samplePlan,
	digest: sampleDigest,
	approval: {digest: sampleDigest, by: 'mina', how: 'review'},
	outcome: 'done',
	...more,
});

export const sampleHistory: History = {
	hasMore: false,
	readAt: sampleNow,
	entries: [
		entry('7k2q', '2025-12-31T23:56:00Z'),
		entry('7k2m', '2025-12-31T22:10:00Z', {undoneBy: '7k2n'}),
		entry('7k1a', '2025-12-30T09:00:00Z', {plan: deletionPlan}),
		entry('7j9z', '2025-12-29T15:30:00Z', {outcome: undefined}),
	],
};
