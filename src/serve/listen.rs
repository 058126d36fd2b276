//! A place to listen at: a free port, and the address to type into a browser.

use std::io::ErrorKind;
use std::net::{IpAddr, SocketAddr, TcpListener, UdpSocket};

use anyhow::Context;

/// How many ports are tried, one after the other.
const TRIES: u16 = 100;

/// Listens at `port`, or at the next one that is free; port 0 is any.
pub fn listen(host: &str, port: u16) -> anyhow::Result<(TcpListener, SocketAddr)> {
    let last = port.saturating_add(TRIES);
    let mut tried = port;
    loop {
        match TcpListener::bind((host, tried)) {
            Ok(listener) => {
                let address = listener.local_addr()?;
                return Ok((listener, address));
            }
            Err(error) if error.kind() == ErrorKind::AddrInUse && tried < last => tried += 1,
            Err(error) => return Err(error).with_context(|| format!("cannot listen at {host}, port {tried}")),
        }
    }
}

/// Where a browser on this machine finds the site.
pub fn url(address: SocketAddr, base_path: &str) -> String {
    let ip = match address.ip() {
        ip if !ip.is_unspecified() => ip,
        IpAddr::V4(_) => IpAddr::from([127, 0, 0, 1]),
        IpAddr::V6(_) => IpAddr::from([0, 0, 0, 0, 0, 0, 0, 1]),
    };
    format!("http://{}{base_path}", SocketAddr::new(ip, address.port()))
}

/// Where a telephone on the same network finds it; nothing where only this machine can.
pub fn network_url(address: SocketAddr, base_path: &str) -> Option<String> {
    match address.ip() {
        ip if ip.is_loopback() => None,
        ip if ip.is_unspecified() => {
            let ip = own_ip().unwrap_or(ip);
            Some(url(SocketAddr::new(ip, address.port()), base_path))
        }
        _ => Some(url(address, base_path)),
    }
}

/// This machine's address towards other networks. Nothing is sent: the address is one of those that only
/// stand in documents (RFC 5737).
fn own_ip() -> Option<IpAddr> {
    let socket = UdpSocket::bind("0.0.0.0:0").ok()?;
    socket.connect("192.0.2.1:9").ok()?;
    Some(socket.local_addr().ok()?.ip())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_busy_port_gives_way_to_the_next_free_one() {
        let (_first, busy) = listen("127.0.0.1", 0).unwrap();
        let (_second, next) = listen("127.0.0.1", busy.port()).unwrap();
        assert!(next.port() > busy.port());
    }

    #[test]
    fn addresses_can_be_typed() {
        let at = |address: &str| address.parse().unwrap();
        assert_eq!(url(at("127.0.0.1:8000"), "/"), "http://127.0.0.1:8000/");
        assert_eq!(url(at("0.0.0.0:8000"), "/sub/"), "http://127.0.0.1:8000/sub/");
        assert_eq!(url(at("[::]:8001"), "/"), "http://[::1]:8001/");
        assert_eq!(network_url(at("127.0.0.1:8000"), "/"), None);
        assert_eq!(network_url(at("192.168.1.5:8000"), "/").unwrap(), "http://192.168.1.5:8000/");
    }
}
