export const helpText = `Parley on the command line: the same engine as in the web app.

  parley sign-up USER-NAME [--name "Display Name"]   make an account and sign in
  parley sign-in USER-NAME                           sign in
  parley sign-out                                    end the session
  parley list                                        your conversations, newest first
  parley send WHOM TEXT                              send a message, and wait until the server has it
  parley tail WHOM [--lines N]                       show the last N messages (10), then new ones as they come

WHOM is a conversation's title or id, or a person's user name or display name.
A TEXT that begins with a dash goes behind "--".

  --server ADDRESS   which server (default: the one signed in to, else PARLEY_SERVER, else http://localhost:8080)

The password is read from PARLEY_PASSWORD, from standard input, or typed. The session is kept in a file that only you can read, in
PARLEY_CLI_HOME (default: ~/.config/parley).

What is not sent when a command ends is lost: this tool keeps its outbox in memory, and says so when it gives up. Each run is a new
device that takes the place of the one before, so use one command at a time, or a PARLEY_CLI_HOME and a sign-in for each.
`;
