import type {CallToolResult} from '@modelcontextprotocol/server';
import type {JournalEntry, JournalReader, PlanNews, WaitingPlans} from '../../core/journal.ts';
import type {JsonObject} from '../../core/json.ts';
import {type PlanAbout, planAbout} from '../../core/plan-about.ts';
import {fenceData, freshNonce} from '../../core/text/fence-data.ts';
import {outcomeInShort} from '../../core/text/model-answer.ts';
import type {EdgeCaller} from './edge-tool.ts';
import {answerTokens} from './listed-schema.ts';

/** Whether a caller may still read what a plan of his is about; undefined where that was not kept. */
type MayReadPlan = (caller: EdgeCaller, about: PlanAbout | undefined) => boolean;

type Looking = {
	readonly waiting: Pick<WaitingPlans, 'answer'>;
	readonly journal: Pick<JournalReader, 'outcome' | 'entry'>;
	readonly mayRead: MayReadPlan;
};

/** A plan as whoever had it made sees it. Times are ISO 8601, UTC. */
export type SeenPlan = Pick<PlanNews, 'savedAt' | 'keptUntil'> & {
	/** What came of it, in words for whoever asked. */
	readonly answer: JsonObject;
	readonly isFinal: boolean;
	/** What the plan does; missing where that was not kept. */
	readonly summary?: string | undefined;
	/** When it came so far; missing where it still moves. */
	readonly since?: string | undefined;
	/** The run that carries it out now. */
	readonly run?: JournalEntry | undefined;
	readonly isTakenBack: boolean;
};

/** Looks at a plan for a caller: undefined where there is none of his, or none that he may read any more. Ids are short, and a plan's summary would tell others what he is about. */
export type PlanSight = (id: string, caller: EdgeCaller) => Promise<SeenPlan | undefined>;

/** What became of plans that waited, whichever process answered them and carries them out. */
export function planSight({waiting, journal, mayRead}: Looking): PlanSight {
	return async (id, caller) => {
		const news = await waiting.answer(id);
		if (news?.maker?.principal !== caller.principal) return undefined;
		const {answer, about, savedAt, answeredAt, keptUntil} = news;
		const entry = answer.kind === 'begun' ? await journal.entry(answer.journal) : undefined;
		// The words of an answer tell of the namespace, too. Of a run the journal knows what it is about, whichever version saved the plan.
		if (!mayRead(caller, about ?? (entry && planAbout(entry.plan)))) return undefined;
		const seen = {savedAt, keptUntil, summary: about?.summary, since: answeredAt, isFinal: true, isTakenBack: false};
		switch (answer.kind) {
			case 'waiting':
				return {...seen, answer: waits(id), since: savedAt, isFinal: false};
			case 'rejected':
				return answer.takenBack === true
					? {...seen, answer: {kind: 'rejected', feedback: answer.feedback, means: means.takenBack}, isTakenBack: true}
					: {...seen, answer: {...answer, means: means.rejected}};
			case 'drifted':
				return {...seen, answer: {...answer, means: means.drifted}};
			case 'begun':
				return ofRun(answer.journal, seen, entry);
		}
	};

	/** The entry is read before the outcome: a run that ends in between has its outcome, and was not interrupted. */
	async function ofRun(id: string, seen: Omit<SeenPlan, 'answer'>, entry: JournalEntry | undefined): Promise<SeenPlan> {
		const outcome = await journal.outcome(id);
		if (outcome !== undefined) return {...seen, answer: {...outcomeInShort(outcome), journal: id}, since: entry?.endedAt};
		if (entry?.running === true)
			return {...seen, answer: {kind: 'running', journal: id, means: means.running}, isFinal: false, since: undefined, run: entry};
		return {
			...seen,
			answer: {kind: 'interrupted', journal: id, means: `The run died half way. A person goes on with it by: mkcoa resume ${id}`},
		};
	}
}

const waits = (id: string) => ({kind: 'waiting', id, means: `Nobody has answered yet. A person does with: mkcoa approve ${id}`});

const means = {
	takenBack: 'Nothing was changed: whoever asked for it took it back',
	rejected: 'Nothing was changed: the person said no, with these words',
	drifted: 'Nothing was changed: the world moved since the plan. Look again before you plan again',
	running: 'A person said yes, and it is being carried out',
};

/** What came of a plan, as the result of a call. */
export function planAnswer(answer: JsonObject): CallToolResult {
	const text = JSON.stringify(answer);
	const fits = text.length <= answerTokens.usual * 2;
	const shown = fits ? text : `${text.slice(0, answerTokens.usual * 2)}…`;
	return {
		content: [{type: 'text', text: fenceData({origin: 'plan_result of mkcoa', text: shown}, freshNonce())}],
		structuredContent: fits ? answer : {kind: answer.kind, means: answer.means},
	};
}
