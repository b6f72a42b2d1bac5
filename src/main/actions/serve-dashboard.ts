import {randomBytes} from 'node:crypto';
import {createServer, type IncomingMessage, type ServerResponse} from 'node:http';
import type {AddressInfo} from 'node:net';
import {dashboardPage, type PagePicture, pageBody} from '../../agents/monitoring/dashboard/page/dashboard-page.ts';
import type {Clock} from '../../core/clock.ts';
import {troubleText} from '../../tui/review-services.ts';
import {poll} from '../screens/poll.ts';

type Serving = {
	readonly clock: Clock;
	readonly everyMs: (picture: PagePicture) => number;
	/** A read that takes longer has failed. */
	readonly limitMs: number;
	readonly signal: AbortSignal;
	/** Told once where the page is. */
	readonly onReady: (url: string) => void;
};

/** Other pages of a browser and other names of this machine get nothing. */
const safe = {
	'cache-control': 'no-store',
	'x-content-type-options': 'nosniff',
	'cross-origin-resource-policy': 'same-origin',
	'content-security-policy': "frame-ancestors 'none'",
};

/**
 * Serves a dashboard to this machine alone, until the signal aborts: a page, and beside it the events by which it is drawn anew. Its address holds
 * a word that nobody guesses, since other accounts of the machine reach its ports too. While nobody answers, what was read last stays, with why.
 */
export async function serveDashboard(
	first: PagePicture,
	read: () => Promise<PagePicture>,
	{clock, everyMs, limitMs, signal, onReady}: Serving,
): Promise<void> {
	let picture = first;
	const word = randomBytes(12).toString('hex');
	const watching = new Set<ServerResponse>();
	const event = () => `data: ${JSON.stringify(pageBody(picture, true))}\n\n`;
	const server = createServer((request, response) => {
		const {port} = server.address() as AddressInfo;
		const path = ofThisPage(request, port, word);
		if (path === '') {
			response.writeHead(200, {...safe, 'content-type': 'text/html; charset=utf-8'}).end(dashboardPage(picture, {isLive: true}));
			return;
		}
		if (path !== 'events') {
			response.writeHead(404, safe).end();
			return;
		}
		response.writeHead(200, {...safe, 'content-type': 'text/event-stream'}).write(event());
		watching.add(response);
		response.on('close', () => watching.delete(response));
	});
	const {promise: listens, resolve, reject} = Promise.withResolvers<void>();
	server.once('error', reject).listen(0, '127.0.0.1', resolve);
	await listens;
	try {
		onReady(`http://127.0.0.1:${(server.address() as AddressInfo).port}/${word}/`);
		await poll(
			read,
			polled => {
				picture = 'value' in polled ? polled.value : {...picture, trouble: troubleText(polled.error)};
				for (const response of watching) response.write(event());
			},
			{clock, everyMs: () => everyMs(picture), limitMs, signal},
		);
	} finally {
		server.close();
		server.closeAllConnections();
	}
}

/** What is asked for below the page's own address; undefined for what is not for this page, such as a name that another page gave this machine. */
function ofThisPage({method, url = '', headers: {host}}: IncomingMessage, port: number, word: string): string | undefined {
	const isOurs = method === 'GET' && (host === `127.0.0.1:${port}` || host === `localhost:${port}`) && url.startsWith(`/${word}/`);
	return isOurs ? url.slice(word.length + 2) : undefined;
}
