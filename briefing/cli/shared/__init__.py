"""Commands for libraries that several people or machines share: the queue, copies."""
