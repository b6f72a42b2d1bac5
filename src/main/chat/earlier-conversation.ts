import {MkcoaError} from '../../core/error.ts';
import type {Target} from '../../core/plan.ts';
import {isSameCluster} from '../../core/same-cluster.ts';
import type {Conversations, SavedConversation} from '../../core/saved-conversation.ts';

/** Of so many conversations the latest of a cluster is looked for. */
const looked = 200;

/**
 * The conversation to go on with.
 * @param id the latest of this cluster if it is the empty text
 * @throws MkcoaError `no-such-conversation`; `another-cluster` where it is about another one: what was said there must not be carried out here
 */
export async function earlierConversation(conversations: Conversations, id: string, here: Target): Promise<SavedConversation> {
	const found =
		id === '' ? (await conversations.list(looked)).find(({target}) => isSameCluster(target, here)) : await conversations.find(id);
	if (found === undefined) throw noSuchConversation(id);
	if (isSameCluster(found.target, here)) return found;
	throw new MkcoaError({
		kind: 'usage',
		code: 'another-cluster',
		what: `The conversation ${found.id} does not go on here`,
		why: `it is about ${found.target.context} (${found.target.cluster}), and this is ${here.context} (${here.cluster})`,
		next:
			found.target.context === here.context
				? 'Begin a new one by leaving out --resume'
				: `Use --context ${found.target.context}, or begin a new one by leaving out --resume`,
	});
}

/** The refusal of an id that no conversation has. */
export const noSuchConversation = (id: string) =>
	new MkcoaError({
		kind: 'usage',
		code: 'no-such-conversation',
		what: id === '' ? 'There is no conversation about this cluster' : `There is no conversation ${JSON.stringify(id)}`,
		why: 'one goes a month after its last turn',
		next: 'See the ones that are kept with: mkcoa chat --sessions',
	});
