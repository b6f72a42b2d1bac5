import type {JournalEntry, JournalReader} from '../../../core/journal.ts';
import {isSameCluster} from '../../../core/same-cluster.ts';
import type {Cluster} from '../../../mcp/kubernetes/port.ts';

/** Changes of longer ago tell nothing of what is wrong now. */
const mostEntries = 200;

/** What mkcoa changed in this cluster, newest first. */
export async function readJournal(
	cluster: Pick<Cluster, 'target'>,
	journal: Pick<JournalReader, 'list'>,
): Promise<readonly JournalEntry[]> {
	const [here, entries] = await Promise.all([cluster.target(undefined), journal.list(mostEntries)]);
	return entries.filter(({plan}) => isSameCluster(plan.target, here));
}
