import type {SavedConversation} from '../../core/saved-conversation.ts';
import type {ActionCall} from '../actions/answer.ts';
import type {Host} from '../host.ts';
import type {Session} from '../session.ts';
import {type Brains, brainsOf} from './brains.ts';
import {earlierConversation} from './earlier-conversation.ts';

/** What a command line asks for. */
export type Wanted = {
	readonly call: ActionCall;
	readonly host: Host;
	/** Id of the conversation that goes on; the latest of this cluster if it is the empty text. */
	readonly resume: string | undefined;
};

/** Who answers, and what was said before. @throws MkcoaError where a model or a conversation was named that cannot be had */
export async function readyTo(
	{call: {values}, host, resume}: Wanted,
	session: Session,
): Promise<{readonly brains: Brains; readonly earlier: SavedConversation | undefined}> {
	const {conversations} = session.state;
	const earlier =
		resume === undefined ? undefined : await earlierConversation(conversations, resume, await session.cluster.target(undefined));
	return {earlier, brains: await brainsOf({model: values.model, isAlone: values.noModel !== undefined}, session, host)};
}
