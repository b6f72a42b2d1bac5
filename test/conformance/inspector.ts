import {execFile} from 'node:child_process';
import {createRequire} from 'node:module';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {promisify} from 'node:util';

const require = createRequire(import.meta.url);
const inspector = join(dirname(require.resolve('@modelcontextprotocol/inspector/package.json')), 'clients/launcher/build/index.js');
const mkcoa = fileURLToPath(new URL('../../dist/mkcoa.js', import.meta.url));

/** What the official inspector printed, and with which code it ended. */
export type Inspected = {readonly code: number; readonly out: string; readonly err: string};

/**
 * Runs the official inspector on the built program, over standard input and output.
 * @param serve words of `mkcoa mcp serve`; @param ask the inspector's own; @param home a folder in which both find nothing of the person's
 */
export async function inspect(serve: readonly string[], ask: readonly string[], home: string): Promise<Inspected> {
	const target = [process.execPath, mkcoa, '--', '--sandbox', 'shop', 'mcp', 'serve', ...serve];
	const {NODE_OPTIONS: _, ...env} = process.env;
	const options = {
		env: {...env, HOME: home, XDG_STATE_HOME: join(home, 'state'), XDG_CONFIG_HOME: join(home, 'config')},
		maxBuffer: 16 * 1024 * 1024,
	};
	return promisify(execFile)(process.execPath, [inspector, '--cli', ...target, ...ask, '--format', 'json'], options).then(
		({stdout, stderr}) => ({code: 0, out: stdout, err: stderr}),
		(error: {readonly code?: unknown; readonly stdout: string; readonly stderr: string}) => {
			if (typeof error.code !== 'number') throw error;
			return {code: error.code, out: error.stdout, err: error.stderr};
		},
	);
}
