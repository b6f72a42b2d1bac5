import type {JournalEntry} from '../../core/journal.ts';
import type {State} from '../../state/state.ts';
import type {Home} from '../../tui/home/home-rows.ts';

type Rows<Part extends keyof Home> = Extract<Home[Part], {readonly state: 'known'}>['rows'];

const mostChanges = 8;

/** Plans that wait for a yes, the newest first. */
export const waitingRows = async ({waiting}: Pick<State, 'waiting'>): Promise<Rows<'waiting'>> =>
	(await waiting.list())
		.map(({id, plan, savedAt, maker}) => ({
			id,
			savedAt,
			risk: plan.risk.level,
			// First, so that a narrow screen does not cut it off.
			summary: `${plan.target.context}${maker === undefined ? '' : ` (${maker.agent})`}: ${plan.summary}`,
		}))
		.reverse();

/** What was changed last, the newest first. */
export const changeRows = async ({reader}: Pick<State, 'reader'>): Promise<Rows<'changes'>> =>
	(await reader.list(mostChanges)).map(entry => ({
		id: entry.id,
		summary: `${entry.plan.target.context}: ${entry.plan.summary}`,
		end: endOf(entry),
		startedAt: entry.startedAt,
	}));

const endOf = ({outcome, undoneBy, running}: JournalEntry) =>
	undoneBy === undefined ? (outcome ?? (running === true ? 'running' : 'interrupted')) : 'undone';
