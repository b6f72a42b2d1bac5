import {render, Text, useApp, useInput} from 'ink';

function Pause({text}: {readonly text: string}) {
	const {exit} = useApp();
	useInput(() => exit());
	return <Text dimColor>{text}</Text>;
}

/** Waits until any key is pressed, or the signal aborts. Draws `text`, which goes on standing in the scrollback. */
export async function pauseForKey(
	text: string,
	{input, output}: {readonly input: NodeJS.ReadStream; readonly output: NodeJS.WriteStream},
	signal: AbortSignal,
): Promise<void> {
	if (signal.aborted) return;
	const app = render(<Pause text={text} />, {
		stdin: input,
		stdout: output,
		stderr: output,
		exitOnCtrlC: true,
		patchConsole: false,
		interactive: true,
	});
	signal.addEventListener('abort', () => app.unmount(), {once: true});
	input.once('end', () => app.unmount());
	await app.waitUntilExit();
}
