/** Does jobs, so many at a time. The first that rejects is told when those under way are over; no further one is begun. */
export async function sideBySide<Job>(jobs: readonly Job[], width: number, work: (job: Job) => Promise<void>): Promise<void> {
	const waiting = [...jobs];
	const worker = async () => {
		for (let job = waiting.shift(); job !== undefined; job = waiting.shift()) {
			try {
				await work(job);
			} catch (error) {
				waiting.length = 0;
				throw error;
			}
		}
	};
	const ended = await Promise.allSettled(Array.from({length: width}, worker));
	for (const end of ended) if (end.status === 'rejected') throw end.reason;
}
