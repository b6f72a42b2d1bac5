import type {Probe} from '../../port.ts';
import {ApiError, plainText} from '../transport/api-error.ts';
import type {Transport} from '../transport/transport.ts';
import {belowServer} from './read-raw.ts';

/** A program may answer with anything: nobody reads it, and it is asked once. @see kubelet's own probes for what counts as success */
export async function probePath(transport: Transport, path: string): Promise<Probe> {
	const about = {verb: 'get', resource: belowServer(path)};
	try {
		await transport.chunks({method: 'GET', path, accept: '*/*', changes: false, tries: 1, about});
		return {answered: true};
	} catch (error) {
		if (!(error instanceof ApiError) || isNoRight(error)) throw error;
		const {status, message} = error.refusal;
		if (status < 400) return {answered: true};
		return {answered: false, why: `it answers ${status}${message === '' ? '' : `, ${plainText(message, 160)}`}`};
	}
}

/** The API server's own refusal is a Status; what a program answers is none. */
const isNoRight = ({refusal: {status, reason}}: ApiError) =>
	(status === 403 && reason === 'Forbidden') || (status === 401 && reason === 'Unauthorized');
