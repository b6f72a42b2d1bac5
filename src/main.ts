/** Composition root: the only file that knows every room. Returns the exit code. */
export async function main(argv: readonly string[], host: {readonly stdout: {write: (text: string) => unknown}}): Promise<number> {
	if (argv[0] === '--version') host.stdout.write('0.1.0\n');
	return 0;
}
