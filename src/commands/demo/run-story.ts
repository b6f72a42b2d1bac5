import {isJsonObject, type JsonObject} from '../../core/json.ts';
import type {AnyOutcome} from '../../core/outcome.ts';
import type {Plan} from '../../core/plan.ts';
import type {DemoCall, Scene} from './story.ts';

/** One scene as it went. */
export type ScenePlayed = {
	readonly scene: string;
	readonly title: string;
	readonly asExpected: boolean;
	readonly kind: AnyOutcome['kind'];
	readonly digest: string | null;
	readonly verdict: string | null;
	readonly journal: string | null;
	readonly outcome: AnyOutcome;
	/** What the colleague did meanwhile. */
	readonly meanwhile?: AnyOutcome;
};

/** What the story reaches for. `review` shows a plan and lets the person, or nobody, look at it; it answers false where they have seen enough. */
export type Theatre = {
	readonly call: (call: DemoCall, review: (plan: Plan) => Promise<boolean>) => Promise<AnyOutcome>;
	/** The colleague's call, under another name, without a question. */
	readonly colleague: (call: DemoCall) => Promise<AnyOutcome>;
	readonly review: (plan: Plan) => Promise<boolean>;
	readonly announce: (scene: Scene, number: number, of: number) => Promise<void>;
	readonly say: (text: string) => void;
	readonly tell: (outcome: AnyOutcome) => Promise<void>;
};

function verdictOf(outcome: AnyOutcome): string | null {
	const output = outcome.kind === 'done' || outcome.kind === 'failed' ? outcome.output : undefined;
	return isJsonObject(output) && typeof output.verdict === 'string' ? output.verdict : null;
}

/** Plays every scene; after one that went wrong only those that clean up; after an interrupt none, because nothing can be called any more. */
export async function runStory(scenes: readonly Scene[], theatre: Theatre): Promise<readonly ScenePlayed[]> {
	const played: ScenePlayed[] = [];
	for (const [index, scene] of scenes.entries()) {
		if (scene.always === undefined && played.some(({asExpected}) => !asExpected)) continue;
		await theatre.announce(scene, index + 1, scenes.length);
		const result = await play(scene, played, theatre);
		await theatre.tell(result.outcome);
		played.push(result);
		if (wasInterrupted(result)) break;
	}
	return played;
}

/** Whether the person left in the middle of the scene. */
export const wasInterrupted = ({outcome}: ScenePlayed) => outcome.kind === 'failed' && outcome.error.code === 'cancelled';

async function play(scene: Scene, before: readonly ScenePlayed[], theatre: Theatre): Promise<ScenePlayed> {
	let meanwhile: AnyOutcome | undefined;
	const outcome = await theatre.call({tool: scene.call.tool, input: inputOf(scene, before)}, async plan => {
		const goOn = await theatre.review(plan);
		if (scene.meanwhile !== undefined) {
			theatre.say(scene.meanwhile.says);
			meanwhile = await theatre.colleague(scene.meanwhile.call);
		}
		return goOn;
	});
	return {
		scene: scene.id,
		title: scene.title,
		asExpected: outcome.kind === scene.ends && (scene.verdict === undefined || scene.verdict === verdictOf(outcome)),
		kind: outcome.kind,
		digest: ('digest' in outcome && outcome.digest) || null,
		verdict: verdictOf(outcome),
		journal: ('journal' in outcome && outcome.journal) || null,
		outcome,
		...(meanwhile === undefined ? {} : {meanwhile}),
	};
}

function inputOf({call, undoes}: Scene, before: readonly ScenePlayed[]): JsonObject {
	const journal = before.find(({scene}) => scene === undoes)?.journal;
	return journal === undefined || journal === null ? call.input : {...call.input, id: journal};
}
