import type {SavedConversation} from '../../core/saved-conversation.ts';
import type {Host} from '../host.ts';
import type {Session} from '../session.ts';
import {type Brains, brainsOf} from './brains.ts';
import {openTalk, type Talk} from './talk.ts';

type Parts = {
	readonly session: Session;
	readonly host: Host;
	readonly brains: Brains;
	readonly earlier: SavedConversation | undefined;
};

/** What a conversation on the screen goes on with; `/model`, `/resume` and `/clear` change it. */
export type Holding = {
	readonly talk: () => Talk;
	readonly place: () => Promise<string>;
	/** Goes on with another conversation, or with another model. */
	readonly change: (to: {readonly model?: string; readonly earlier?: SavedConversation | undefined}) => Promise<void>;
};

/** Begins with these, until something changes them. */
export async function hold({session, host, ...first}: Parts): Promise<Holding> {
	let {brains} = first;
	const open = (earlier: SavedConversation | undefined) =>
		openTalk({session, brains: brains.list, earlier, hear() {}, nowMs: host.clock.now});
	let talk = await open(first.earlier);
	return {
		talk: () => talk,
		async place() {
			const {context, namespace = session.cluster.namespace} = await session.cluster.target(undefined);
			return `${context}, namespace ${namespace}, ${brains.text}`;
		},
		async change({model, earlier}) {
			if (model !== undefined) brains = await brainsOf({model, isAlone: model === 'none'}, session, host);
			const next = await open(earlier);
			await talk.close();
			talk = next;
		},
	};
}
