import {printOut} from '../../commands/render/paint.ts';
import type {Line} from '../../core/text/styled.ts';
import type {LiveData} from '../../tui/view/show-view.tsx';
import type {Around} from './screen.ts';

type Printing<Data> = {
	/** Whether everything was read, or could not be. */
	readonly isRead: (data: Data) => boolean;
	readonly lines: (data: Data, width: number, now: number) => readonly Line[];
};

/** Whether data that are read again and again were read once, or could not be. */
export const isReadOnce = ({readAt, trouble}: {readonly readAt?: number | undefined; readonly trouble?: string | undefined}): boolean =>
	readAt !== undefined || trouble !== undefined;

/** Prints what a screen would show, once it is read: for screen readers, and terminals on which nothing moves. */
export async function printOnce<Data>(
	read: (signal: AbortSignal) => LiveData<Data>,
	{isRead, lines}: Printing<Data>,
	{host, signal}: Pick<Around, 'host' | 'signal'>,
): Promise<void> {
	const closed = new AbortController();
	const live = read(AbortSignal.any([signal, closed.signal]));
	try {
		await new Promise<void>(resolve => {
			const look = () => {
				if (isRead(live.current())) resolve();
			};
			live.subscribe(look);
			signal.addEventListener('abort', () => resolve(), {once: true});
		});
		printOut(host.streams, width => lines(live.current(), width, host.clock.now()));
	} finally {
		closed.abort();
	}
}
