type Environment = {readonly [variable: string]: string | undefined};

/** What every program needs to find its files and to speak the person's language. Nothing of it signs in anywhere. */
const always = ['PATH', 'HOME', 'LANG', 'TMPDIR'];

/** Of all the variables, those that a third party's program is given: credentials in the others stay where they are. */
export const programEnvironment = (environment: Environment, named: readonly string[]): {readonly [variable: string]: string} =>
	Object.fromEntries(
		[...always, ...named].flatMap(name => {
			const value = environment[name];
			return value === undefined ? [] : [[name, value]];
		}),
	);
