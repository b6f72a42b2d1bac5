import {execFile} from 'node:child_process';
import {existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {homedir, tmpdir} from 'node:os';
import {isAbsolute, join} from 'node:path';
import {promisify} from 'node:util';
import * as z from 'zod';

const run = promisify(execFile);
const pinned = 'statsforecast==2.1.1';

const answer = z.object({
	seconds: z.number(),
	version: z.string(),
	forecasts: z.array(z.object({median: z.array(z.number()), low95: z.array(z.number()), high95: z.array(z.number())})),
});

/** What to forecast: `season` in samples, as AutoETS has to be told it. */
type Task = {readonly season: number; readonly horizon: number; readonly series: readonly (readonly number[])[]};

/**
 * Forecasts of statsforecast's AutoETS and the processor time that they took, in a Python of their own on one core.
 * @throws where there is no Python, or the package cannot be had
 */
export async function autoEts(task: Task): Promise<z.infer<typeof answer>> {
	const python = await pythonWithPackage();
	const folder = mkdtempSync(join(tmpdir(), 'mkcoa-auto-ets-'));
	try {
		const [asked, told] = [join(folder, 'task.json'), join(folder, 'answer.json')];
		writeFileSync(asked, JSON.stringify(task));
		const oneCore = {OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1', NUMBA_NUM_THREADS: '1'};
		await run(python, [join(import.meta.dirname, 'auto-ets.py'), asked, told], {env: {...process.env, ...oneCore}});
		return answer.parse(JSON.parse(readFileSync(told, 'utf8')));
	} finally {
		rmSync(folder, {recursive: true, force: true});
	}
}

/** A virtual environment in the cache folder, made once. */
async function pythonWithPackage(): Promise<string> {
	const {XDG_CACHE_HOME: cache = ''} = process.env;
	const folder = join(isAbsolute(cache) ? cache : join(homedir(), '.cache'), 'mkcoa', 'bench', pinned.replace('==', '-'));
	const python = join(folder, 'bin', 'python');
	const finished = join(folder, 'finished');
	if (existsSync(finished)) return python;
	mkdirSync(folder, {recursive: true});
	await run('python3', ['-m', 'venv', folder]);
	await run(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', pinned]);
	writeFileSync(finished, pinned);
	return python;
}
